import type { AuthorityView, BudgetView } from "@parley/wire/http";
import { type FormEvent, useState } from "react";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { Button } from "../ui/button.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { DialogFooter } from "../ui/dialog-footer.tsx";
import { Modal } from "../ui/modal.tsx";
import { EmptyState } from "../ui/states.tsx";
import { useCommand } from "../ui/use-command.ts";
import { placeHref, useAuthorityPlace } from "./authority-data.ts";
import { EpochForm } from "./budget-actions.tsx";
import { BudgetPanel } from "./budget-panel.tsx";
import { ContextField } from "./context-field.tsx";
import { Headroom } from "./headroom.tsx";

const keyOf = ({ context, peer }: Pick<BudgetView, "context" | "peer">): string => `${context} ${peer}`;

/** What devices hold in escrow beyond what they have spent of it. */
export const escrowOf = ({ devices }: BudgetView): number =>
  devices.reduce((sum, { allotted, spent }) => sum + Math.max(0, allotted - spent), 0);

const columns: readonly Column<BudgetView>[] = [
  { id: "peer", head: "To", width: "minmax(60px, 0.6fr)", text: ({ peer }) => peer },
  {
    id: "context",
    head: "Context",
    text: ({ context }) => context,
    show: ({ context }) => (
      <span className="mono" title={context}>
        {context}
      </span>
    ),
  },
  {
    id: "spent",
    head: "Spent of limit",
    width: "minmax(110px, 1fr)",
    text: ({ spent }) => spent,
    show: (budget) => <Headroom spent={budget.spent} limit={budget.limit} escrow={escrowOf(budget)} />,
  },
  {
    id: "limit",
    head: "Limit set",
    width: "84px",
    wide: true,
    text: ({ limit }) => limit,
    show: ({ limited }) => (limited ? "yes" : "default"),
  },
  { id: "left", head: "Left", width: "56px", text: ({ left }) => left },
  { id: "epoch", head: "Epoch", width: "56px", wide: true, text: ({ epoch }) => epoch },
  {
    id: "devices",
    head: "Devices",
    wide: true,
    text: ({ devices }) => devices.map((one) => `${one.device} ${one.spent}/${one.allotted}`).join(" "),
  },
  { id: "receipts", head: "Receipts", width: "72px", wide: true, text: ({ receipts }) => receipts },
];

/** Sets the limit of a pair nobody has spent for yet. */
const NewBudget = ({ view, onDone }: { view: AuthorityView; onDone: (budget?: BudgetView) => void }) => {
  const [context, setContext] = useState("");
  const [peer, setPeer] = useState("");
  const [limit, setLimit] = useState("1000");
  const command = useCommand(keys.authority(view.id));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void command.run(() => api.authority.limit(view.id, { context, peer, limit: Number(limit) }), onDone);
  };
  return (
    <Modal open onClose={() => onDone()} title="Set a limit">
      <form className="modal-body" onSubmit={submit}>
        <ContextField value={context} onChange={setContext} />
        <label className="field">
          <span>To whom</span>
          <input className="input" required value={peer} onChange={({ target }) => setPeer(target.value)} />
        </label>
        <label className="field">
          <span>Limit</span>
          <input
            className="input"
            type="number"
            min={0}
            required
            value={limit}
            onChange={({ target }) => setLimit(target.value)}
          />
        </label>
        <DialogFooter command={command} action="Set limit" onClose={() => onDone()} />
      </form>
    </Modal>
  );
};

/** A pair that the address names and nobody has spent for: the default holds. */
const untouched = (view: AuthorityView, context: string, peer: string): BudgetView => ({
  id: `budget:${context}:${peer}`,
  context,
  peer,
  limit: 1000,
  spent: 0,
  left: 1000,
  epoch: view.epoch,
  limited: false,
  devices: [],
  receipts: 0,
  version: -1,
});

/** What an authority may spend, on whom, in which context; one pair in full, over time. */
export const BudgetsTab = ({ view }: { readonly view: AuthorityView }) => {
  const { place, go } = useAuthorityPlace(view.id);
  const [adding, setAdding] = useState(false);
  const { context, peer } = place;
  const rows = view.budgets.filter(
    (one) =>
      (context === undefined || peer !== undefined || one.context === context) &&
      (peer === undefined || context !== undefined || one.peer === peer),
  );
  const chosen =
    context === undefined || peer === undefined
      ? undefined
      : (view.budgets.find((one) => keyOf(one) === `${context} ${peer}`) ?? untouched(view, context, peer));
  const open = (pair: { readonly context: string; readonly peer: string }): void =>
    go({ tab: "budgets", context: pair.context, peer: pair.peer });
  return (
    <>
      <DataTable
        label="Budgets"
        file={`${view.id}.budgets`}
        rows={rows}
        columns={columns}
        keyOf={keyOf}
        hrefOf={(one) => placeHref(view.id, { tab: "budgets", context: one.context, peer: one.peer })}
        onOpen={open}
        selected={chosen && keyOf(chosen)}
        tools={
          <>
            <Button small icon="plus" onClick={() => setAdding(true)}>
              Set a limit
            </Button>
            {context !== undefined && peer === undefined ? (
              <Button small onClick={() => go({ tab: "budgets" })}>
                Every context
              </Button>
            ) : null}
          </>
        }
        empty={
          <EmptyState title="Nothing is spent and no limit is set">
            Each guarded message takes its cost from the budget of who sends it; without a limit of its own a
            pair has 1,000 an epoch.
          </EmptyState>
        }
      />
      {chosen ? <BudgetPanel key={keyOf(chosen)} view={view} budget={chosen} /> : null}
      <section aria-label="Epoch" className="auth-panel">
        <h2>Epoch</h2>
        <p className="quiet">In a new epoch nothing is spent yet, in any budget, and escrows are empty.</p>
        <EpochForm view={view} />
      </section>
      {adding ? (
        <NewBudget
          view={view}
          onDone={(budget) => {
            setAdding(false);
            if (budget) open(budget);
          }}
        />
      ) : null}
    </>
  );
};
