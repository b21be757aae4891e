import type { BundleView, ReconfigurationView } from "@parley/wire/http";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { classWords } from "../ownership/ownership-data.ts";
import { useBreadcrumbs } from "../shell/top-bar.tsx";
import { Button } from "../ui/button.tsx";
import { DataTable } from "../ui/data-table.tsx";
import { EmptyState, ErrorState, LoadingState } from "../ui/states.tsx";
import { when } from "../ui/when.ts";
import "../authorities/authorities.css";
import "../ownership/ownership.css";
import { SeedDialog, UpgradeDialog } from "./bundle-dialogs.tsx";
import { bundleHref, useReconfiguration } from "./reconfiguration-data.ts";
import "./reconfiguration.css";
import { upgradeColumns } from "./upgrade-columns.tsx";
import { UpgradePanel } from "./upgrade-panel.tsx";

const classes = ["native", "delegatedIn", "delegatedOut"] as const;

const Names = ({ names }: { readonly names: readonly string[] }) =>
  names.length === 0 ? (
    <>none</>
  ) : (
    <ul className="plain rec-names">
      {names.map((name) => (
        <li key={name}>
          <code>{name}</code>
        </li>
      ))}
    </ul>
  );

const Made = ({ bundle }: { readonly bundle: BundleView }) => (
  <dl className="facts-list">
    <dt>Came by</dt>
    <dd>
      {bundle.origin === "generated"
        ? "the manifests of the catalogue"
        : bundle.origin === "linked"
          ? "linking two others"
          : "hand"}
      , {when(bundle.at)}, entry #{bundle.seq}
    </dd>
    <dt>Protocols</dt>
    <dd>
      <Names names={bundle.protocols} />
    </dd>
    <dt>Offers</dt>
    <dd>
      <Names names={bundle.exports} />
    </dd>
    <dt>Needs</dt>
    <dd>
      <Names names={bundle.imports} />
    </dd>
    <dt>Live sessions</dt>
    <dd>
      {bundle.sessions.length === 0 ? "none" : null}
      {bundle.sessions.map((id) => (
        <Link key={id} className="rec-link" to="/sessions/$id" params={{ id }} search={{ side: "ownership" }}>
          {id}
        </Link>
      ))}
    </dd>
    {classes.map((one) =>
      bundle.footprint[one].length === 0 ? null : (
        <div key={one} className="rec-pair">
          <dt>{classWords[one]}</dt>
          <dd>{bundle.footprint[one].join(", ")}</dd>
        </div>
      ),
    )}
  </dl>
);

const Runtime = ({ bundle, view }: { readonly bundle: BundleView; readonly view: ReconfigurationView }) => {
  const { upgrade: chosen } = useSearch({ from: "/reconfiguration/$bundle" });
  const navigate = useNavigate();
  const [dialog, setDialog] = useState<"seed" | "upgrade">();
  const open = (upgrade: string): void =>
    void navigate({
      to: "/reconfiguration/$bundle",
      params: { bundle: bundle.id },
      search: { upgrade },
      replace: true,
    });
  const name = (id: string): string => view.members.find((one) => one.id === id)?.name ?? id;
  const own = view.upgrades.filter((one) => one.bundle === bundle.id);
  const shown = own.find(({ epoch }) => String(epoch) === chosen) ?? own.at(-1);
  const { runtime } = bundle;
  const close = (): void => setDialog(undefined);
  return (
    <section aria-label="Runtime">
      <h2>Runtime</h2>
      {runtime === null ? (
        <p className="quiet note">Nobody runs it yet: it has to be seeded before it can be upgraded.</p>
      ) : (
        <p>
          Epoch <b className="mono">{runtime.epoch}</b>, run by{" "}
          <b>{runtime.active_members.map(name).join(", ") || "nobody"}</b>.
        </p>
      )}
      <div className="row">
        <Button onClick={() => setDialog("seed")}>Seed …</Button>
        <Button variant="primary" disabled={runtime === null} onClick={() => setDialog("upgrade")}>
          Upgrade …
        </Button>
      </div>
      <DataTable
        label="Upgrades of the bundle"
        file={`${bundle.id}.upgrades`}
        rows={own}
        columns={upgradeColumns.filter(({ id }) => id !== "bundle")}
        keyOf={({ epoch }) => String(epoch)}
        hrefOf={({ epoch }) => `${bundleHref(bundle.id)}?upgrade=${epoch}`}
        onOpen={({ epoch }) => open(String(epoch))}
        selected={shown && String(shown.epoch)}
        empty={<p className="quiet">It was never upgraded.</p>}
      />
      {shown ? <UpgradePanel upgrade={shown} name={name} /> : null}
      {dialog === "seed" ? <SeedDialog bundle={bundle} members={view.members} onClose={close} /> : null}
      {dialog === "upgrade" ? (
        <UpgradeDialog
          bundle={bundle}
          members={view.members}
          onClose={close}
          onDone={(epoch) => {
            close();
            open(String(epoch));
          }}
        />
      ) : null}
    </section>
  );
};

/** One bundle: what it is made of, what it offers and needs, who runs it and every upgrade that was tried. */
export const BundlePage = () => {
  const { bundle: id } = useParams({ from: "/reconfiguration/$bundle" });
  useBreadcrumbs(useMemo(() => [{ label: "Reconfiguration", to: "/reconfiguration" }, { label: id }], [id]));
  const { data, error, refetch } = useReconfiguration();
  if (!data)
    return error ? (
      <ErrorState error={error} retry={() => void refetch()} />
    ) : (
      <LoadingState what="the bundle" />
    );
  const bundle = data.bundles.find((one) => one.id === id);
  if (!bundle)
    return (
      <EmptyState title={`There is no bundle ${id}`}>
        <Link to="/reconfiguration">See those that are registered</Link>
      </EmptyState>
    );
  return (
    <div className="page auth-page">
      <h1>{bundle.id}</h1>
      {bundle.finding === null ? null : <p className="problem-note">{bundle.finding}</p>}
      <Made bundle={bundle} />
      <Runtime key={bundle.id} bundle={bundle} view={data} />
    </div>
  );
};
