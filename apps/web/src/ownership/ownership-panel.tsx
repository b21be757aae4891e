import type { OwnershipView } from "@parley/wire/http";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useOpenSession } from "../sessions/session-context.ts";
import { useAddress } from "../sessions/use-address.ts";
import { announce } from "../ui/announcer.tsx";
import { Button } from "../ui/button.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { ErrorState, LoadingState } from "../ui/states.tsx";
import { when } from "../ui/when.ts";
import { DelegateDialog } from "./delegate-dialog.tsx";
import { presentedKey } from "./delegate-form.ts";
import { HandoffReceipt } from "./handoff-check.tsx";
import { LineageDrawing } from "./lineage-drawing.tsx";
import { classWords, formerOwners, handoffOf, scopeWords, useOwnership } from "./ownership-data.ts";
import "../authorities/authorities.css";
import "../ceremonies/ceremonies.css";
import "../reconfiguration/reconfiguration.css";
import "./ownership.css";

type Fragment = OwnershipView["fragments"][number];
type Right = OwnershipView["rights"][number];

const fragmentColumns: readonly Column<Fragment>[] = [
  {
    id: "fragment",
    head: "Fragment",
    width: "minmax(0, 1.6fr)",
    text: ({ key }) => key,
    show: ({ key }) => <code title={key}>{key}</code>,
  },
  { id: "owner", head: "Owner", width: "minmax(50px, 0.7fr)", text: ({ owner }) => owner },
];

const rightsOf = ({ owner, delegate, close }: Right): string =>
  [owner ? "owns" : "", delegate ? "may delegate" : "", close ? "may close" : ""]
    .filter((word) => word !== "")
    .join(", ");

const rightColumns: readonly Column<Right>[] = [
  {
    id: "authority",
    head: "Authority",
    width: "minmax(50px, 0.8fr)",
    text: ({ authority }) => authority,
    show: ({ name }) => name,
  },
  {
    id: "footprint",
    head: "Footprint",
    text: ({ footprint }) => footprint,
    show: ({ footprint }) => (footprint === null ? "–" : classWords[footprint]),
  },
  {
    id: "may",
    head: "May",
    width: "minmax(0, 1.4fr)",
    text: rightsOf,
    show: (right) => (
      <span title={right.why ?? rightsOf(right)}>{rightsOf(right) || (right.why ?? "nothing")}</span>
    ),
  },
];

interface Asked {
  readonly to?: string;
  readonly presented?: string;
}

interface PartProps {
  readonly view: OwnershipView;
  readonly past: boolean;
  readonly onDelegate: (asked: Asked) => void;
}

const Owner = ({ view, past, onDelegate }: PartProps) => {
  const { owner, generation, refusal, lineage } = view;
  const now = lineage.nodes.find(({ current }) => current);
  const former = formerOwners(view)[0];
  return (
    <section aria-label="Owner" className="own-owner">
      {owner === null ? (
        <p>
          Nobody owns it: it was given up when it ended, at generation <b>{generation}</b>.
        </p>
      ) : (
        <p>
          <b>{now?.name ?? owner.owner}</b> owns it with generation <b className="mono">{generation}</b>, for{" "}
          {scopeWords(owner.scope)}
          {now?.seq == null ? "" : `, since #${now.seq}`}.
        </p>
      )}
      {refusal === null ? null : (
        <p className="problem-note">
          {refusal.detail} <span className="mono">{refusal.code}</span>
        </p>
      )}
      {past ? (
        <p className="quiet-note">This is the past: nothing can be handed over here.</p>
      ) : (
        <div className="act-row own-row">
          <Button variant="primary" disabled={owner === null} onClick={() => onDelegate({})}>
            Delegate …
          </Button>
          {former && owner ? (
            <>
              <Button onClick={() => onDelegate({ to: former.owner })}>
                Delegate back to {former.name} …
              </Button>
              <Button small variant="quiet" onClick={() => onDelegate({ presented: presentedKey(former) })}>
                Act as {former.name}, generation {former.generation} …
              </Button>
            </>
          ) : null}
        </div>
      )}
    </section>
  );
};

const Refused = ({ view }: { readonly view: OwnershipView }) =>
  view.refused.length === 0 ? null : (
    <section aria-label="Refused handoffs">
      <h3>Refused</h3>
      <p className="quiet-note">Each of these changed nothing; only this record is left.</p>
      <ul className="plain own-refusals">
        {[...view.refused].reverse().map(({ at, what, code, variant, detail }) => (
          <li key={`${at} ${code} ${detail}`}>
            {what}: {detail} <span className="mono">{code}</span> <small>{variant}</small>{" "}
            <small>{when(at)}</small>
          </li>
        ))}
      </ul>
    </section>
  );

const Body = ({ view, past }: { readonly view: OwnershipView; readonly past: boolean }) => {
  const { commands, data } = useOpenSession();
  const { search, set } = useAddress(data.id);
  const navigate = useNavigate();
  const [asked, setAsked] = useState<Asked>();
  const handoff = handoffOf(view, search.receipt);
  const open = (receipt: string): void => set({ receipt });
  return (
    <>
      <Owner view={view} past={past} onDelegate={setAsked} />
      <h3>Lineage</h3>
      <LineageDrawing view={view} selected={handoff?.receipt.id} onOpen={open} />
      {handoff ? (
        <HandoffReceipt handoff={handoff} onGo={commands.go} />
      ) : (
        <p className="quiet-note">It was never handed over: it belongs to whom it began with.</p>
      )}
      <h3>Fragments</h3>
      <DataTable
        label="Fragments"
        file={`${view.session}.fragments`}
        rows={view.fragments}
        columns={fragmentColumns}
        keyOf={({ key }) => key}
        empty={<p className="quiet-note">It was never cut: it has no fragments of its own yet.</p>}
      />
      <h3>Who may do what</h3>
      <DataTable
        label="Rights"
        file={`${view.session}.rights`}
        rows={view.rights}
        columns={rightColumns}
        keyOf={({ authority }) => authority}
        hrefOf={({ authority }) => `/authorities/${encodeURIComponent(authority)}`}
        onOpen={({ authority }) => void navigate({ to: "/authorities/$id", params: { id: authority } })}
        empty={<p className="quiet-note">Nobody is known here.</p>}
      />
      <Refused view={view} />
      {asked ? (
        <DelegateDialog
          view={view}
          to={asked.to}
          presented={asked.presented}
          onClose={() => setAsked(undefined)}
          onDone={(done) => {
            setAsked(undefined);
            open(done.handoff.receipt.id);
            announce(`Handed over to ${done.handoff.receipt.ownership.toOwner}`);
            data.refresh();
          }}
        />
      ) : null}
    </>
  );
};

/** Who owns which fragment of the session at the position shown, how it came to them, and handing it over. */
export const OwnershipPanel = () => {
  const { data } = useOpenSession();
  const {
    data: view,
    error,
    refetch,
    isPlaceholderData,
  } = useOwnership(data.id, data.past ? data.view.at : undefined);
  return (
    <section
      aria-label="Ownership"
      className={isPlaceholderData ? "detail ownership dimmed" : "detail ownership"}
    >
      {view ? (
        <Body view={view} past={data.past} />
      ) : error ? (
        <ErrorState error={error} retry={() => void refetch()} />
      ) : (
        <LoadingState what="the owner" />
      )}
    </section>
  );
};
