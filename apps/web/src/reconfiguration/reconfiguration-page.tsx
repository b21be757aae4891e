import type { ReconfigurationView } from "@parley/wire/http";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useBreadcrumbs } from "../shell/top-bar.tsx";
import { Button } from "../ui/button.tsx";
import { DataTable } from "../ui/data-table.tsx";
import { ErrorState, LoadingState } from "../ui/states.tsx";
import { Tabs } from "../ui/tabs.tsx";
import "../authorities/authorities.css";
import "../ownership/ownership.css";
import { LinkDialog, pairOf, pairWords, RegisterDialog } from "./bundle-dialogs.tsx";
import { CoherenceNote } from "./coherence-note.tsx";
import { FitMatrix } from "./fit-matrix.tsx";
import {
  bundleColumns,
  delegationColumns,
  footprintColumns,
  refusalColumns,
} from "./reconfiguration-columns.tsx";
import { bundleHref, useReconfiguration } from "./reconfiguration-data.ts";
import "./reconfiguration.css";
import { TopologySides } from "./topology-drawing.tsx";
import { memberSides } from "./topology-nodes.ts";
import { upgradeColumns, upgradeKey } from "./upgrade-columns.tsx";
import { UpgradePanel } from "./upgrade-panel.tsx";

const crumbs = [{ label: "Reconfiguration" }];

const tabs = [
  { id: "bundles", label: "Bundles" },
  { id: "fits", label: "What fits" },
  { id: "footprints", label: "Footprints" },
  { id: "handoffs", label: "Handoffs" },
  { id: "upgrades", label: "Upgrades" },
  { id: "refused", label: "Refused" },
] as const;
type TabId = (typeof tabs)[number]["id"];

interface TabProps {
  readonly view: ReconfigurationView;
}

/** The open tab, its row, and their address. */
const usePlace = () => {
  const search = useSearch({ from: "/reconfiguration" });
  const navigate = useNavigate();
  const tab: TabId = tabs.find(({ id }) => id === search.tab)?.id ?? "bundles";
  const go = (next: TabId, row?: string): void =>
    void navigate({ to: "/reconfiguration", search: { tab: next, row }, replace: true });
  const href = (row: string): string => `/reconfiguration?${new URLSearchParams({ tab, row })}`;
  return { tab, row: search.row, go, href };
};

const BundlesTab = ({ view }: TabProps) => {
  const navigate = useNavigate();
  const [dialog, setDialog] = useState<"register" | "link">();
  const open = (id: string): void => {
    setDialog(undefined);
    void navigate({ to: "/reconfiguration/$bundle", params: { bundle: id } });
  };
  return (
    <>
      <DataTable
        label="Bundles"
        rows={view.bundles}
        columns={bundleColumns}
        keyOf={({ id }) => id}
        hrefOf={({ id }) => bundleHref(id)}
        onOpen={({ id }) => open(id)}
        tools={
          <>
            <Button small icon="plus" onClick={() => setDialog("register")}>
              Register
            </Button>
            <Button small icon="link" disabled={view.bundles.length < 2} onClick={() => setDialog("link")}>
              Link
            </Button>
          </>
        }
        empty={
          <p className="quiet">
            No bundle is registered: protocols that say where they may be cut make some.
          </p>
        }
      />
      {dialog === "register" ? (
        <RegisterDialog onClose={() => setDialog(undefined)} onMade={({ id }) => open(id)} />
      ) : null}
      {dialog === "link" ? (
        <LinkDialog view={view} onClose={() => setDialog(undefined)} onMade={({ id }) => open(id)} />
      ) : null}
    </>
  );
};

const FitsTab = ({ view }: TabProps) => {
  const { row, go } = usePlace();
  const navigate = useNavigate();
  const [linking, setLinking] = useState(false);
  const [left = "", right = ""] = row?.split("~") ?? [];
  const pair = row === undefined ? undefined : pairOf(view, left, right);
  return (
    <>
      <FitMatrix view={view} selected={row} onPick={(key) => go("fits", key)} />
      {pair === undefined ? (
        <p className="quiet">Choose a pair to see why it fits or not.</p>
      ) : (
        <section className="auth-panel" aria-label="The pair">
          <h2>
            {left} and {right}
          </h2>
          <p className={pair.compatible ? "own-ok" : "own-bad"}>{pairWords(pair)}</p>
          <Button onClick={() => setLinking(true)}>Link them …</Button>
        </section>
      )}
      {view.links.length > 0 ? (
        <>
          <h2>Links</h2>
          <ul className="plain">
            {view.links.map((link) => (
              <li key={link.linked}>
                {link.left} + {link.right} ={" "}
                <Link className="rec-link" to="/reconfiguration/$bundle" params={{ bundle: link.linked }}>
                  {link.linked}
                </Link>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {linking ? (
        <LinkDialog
          view={view}
          left={left}
          right={right}
          onClose={() => setLinking(false)}
          onMade={({ id }) => void navigate({ to: "/reconfiguration/$bundle", params: { bundle: id } })}
        />
      ) : null}
    </>
  );
};

const FootprintsTab = ({ view }: TabProps) => {
  const { row, go, href } = usePlace();
  return (
    <DataTable
      label="Footprints"
      rows={view.footprints}
      columns={footprintColumns}
      keyOf={({ authority }) => authority}
      hrefOf={({ authority }) => href(authority)}
      onOpen={({ authority }) => go("footprints", authority)}
      selected={row}
      empty={<p className="quiet">Nobody has a live session, nor gave one away.</p>}
    />
  );
};

const HandoffsTab = ({ view }: TabProps) => {
  const { row, go, href } = usePlace();
  const chosen = view.delegations.find(({ receipt }) => receipt === row);
  const name = (id: string): string => view.footprints.find(({ authority }) => authority === id)?.name ?? id;
  return (
    <>
      <DataTable
        label="Handoffs"
        rows={view.delegations}
        columns={delegationColumns}
        keyOf={({ receipt }) => receipt}
        hrefOf={({ receipt }) => href(receipt)}
        onOpen={({ receipt }) => go("handoffs", receipt)}
        selected={row}
        empty={
          <p className="quiet">
            Nothing was handed over yet: on a session's page, Ownership has a button that delegates it.
          </p>
        }
      />
      {chosen ? (
        <section className="auth-panel" aria-label="The handoff">
          <h2>{chosen.title}</h2>
          <p>
            <Link
              className="rec-link"
              to="/sessions/$id"
              params={{ id: chosen.session }}
              search={{ side: "ownership", receipt: chosen.receipt }}
            >
              Its receipt on the session's page
            </Link>
          </p>
          <TopologySides
            label="Topology before and after"
            centre={chosen.title}
            {...memberSides([chosen.from], [chosen.to], name)}
          />
        </section>
      ) : null}
    </>
  );
};

const UpgradesTab = ({ view }: TabProps) => {
  const { row, go, href } = usePlace();
  const chosen = view.upgrades.find((one) => upgradeKey(one) === row);
  const name = (id: string): string => view.members.find((one) => one.id === id)?.name ?? id;
  return (
    <>
      <DataTable
        label="Upgrades"
        rows={view.upgrades}
        columns={upgradeColumns}
        keyOf={upgradeKey}
        hrefOf={(upgrade) => href(upgradeKey(upgrade))}
        onOpen={(upgrade) => go("upgrades", upgradeKey(upgrade))}
        selected={row}
        empty={<p className="quiet">No bundle was upgraded yet: open one to seed and upgrade it.</p>}
      />
      {chosen ? <UpgradePanel upgrade={chosen} name={name} /> : null}
    </>
  );
};

const Tab = ({ tab, view }: TabProps & { readonly tab: TabId }) => {
  switch (tab) {
    case "bundles":
      return <BundlesTab view={view} />;
    case "fits":
      return <FitsTab view={view} />;
    case "footprints":
      return <FootprintsTab view={view} />;
    case "handoffs":
      return <HandoffsTab view={view} />;
    case "upgrades":
      return <UpgradesTab view={view} />;
    case "refused":
      return (
        <DataTable
          label="Refused"
          rows={view.refused}
          columns={refusalColumns}
          keyOf={({ at, what, subject, code }) => `${at} ${what} ${subject} ${code}`}
          empty={<p className="quiet">Nothing was refused.</p>}
        />
      );
  }
};

/** Bundles and what fits what, who holds which session, what was handed over and upgraded, and whether all of it agrees. */
export const ReconfigurationPage = () => {
  useBreadcrumbs(crumbs);
  const { tab, go } = usePlace();
  const { data, error, refetch } = useReconfiguration();
  if (!data)
    return error ? (
      <ErrorState error={error} retry={() => void refetch()} />
    ) : (
      <LoadingState what="the bundles" />
    );
  return (
    <div className="page auth-page">
      <h1>Reconfiguration</h1>
      <p className="lead">
        A bundle is what is linked, owned and handed over together; a footprint says which sessions an
        authority has to do with.
      </p>
      <CoherenceNote view={data} />
      <Tabs
        label="Parts of reconfiguration"
        tabs={tabs}
        active={tab}
        onChange={(next) => go(next)}
        panel="rec-part"
      />
      <div id="rec-part" role="tabpanel" aria-label={tab} className="auth-part">
        <Tab tab={tab} view={data} />
      </div>
    </div>
  );
};
