import type { AuthorityView, BudgetChange, BudgetView } from "@parley/wire/http";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api } from "../api/api.ts";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { ErrorState, LoadingState } from "../ui/states.tsx";
import { when } from "../ui/when.ts";
import { partOf, placeHref, useAuthorityPlace } from "./authority-data.ts";
import { BudgetActions } from "./budget-actions.tsx";
import { BudgetChart } from "./budget-chart.tsx";
import { Headroom } from "./headroom.tsx";

interface BudgetPanelProps {
  readonly view: AuthorityView;
  readonly budget: BudgetView;
}

const LIMIT = 500;

const columns: readonly Column<BudgetChange>[] = [
  { id: "seq", head: "Entry", width: "64px", text: ({ seq }) => seq, show: ({ seq }) => `#${seq}` },
  {
    id: "at",
    head: "When",
    wide: true,
    text: ({ at }) => new Date(at).toISOString(),
    show: ({ at }) => when(at),
  },
  { id: "kind", head: "What", width: "90px", wide: true, text: ({ kind }) => kind },
  { id: "text", head: "Change", text: ({ text }) => text },
  { id: "cost", head: "Cost", width: "56px", text: ({ charge }) => charge?.cost ?? null },
  { id: "spent", head: "Spent", width: "60px", text: ({ spent }) => spent },
  { id: "limit", head: "Limit", width: "60px", text: ({ limit }) => limit },
  { id: "epoch", head: "Epoch", width: "56px", wide: true, text: ({ epoch }) => epoch },
  {
    id: "session",
    head: "Session",
    wide: true,
    text: ({ charge }) => charge?.session ?? null,
    show: ({ charge }) =>
      charge === null ? null : (
        <Link to="/sessions/$id" params={{ id: charge.session }}>
          {charge.session}
        </Link>
      ),
  },
];

const Devices = ({ budget }: { readonly budget: BudgetView }) => (
  <ul className="budget-devices">
    {budget.devices.map(({ device, allotted, spent }) => (
      <li key={device}>
        <span>{device}</span>
        <Headroom spent={spent} limit={Math.max(allotted, spent)} />
        <span className="quiet">{allotted} allotted</span>
      </li>
    ))}
  </ul>
);

const History = ({ view, budget }: BudgetPanelProps) => {
  const { go } = useAuthorityPlace(view.id);
  const { context, peer } = budget;
  const { data, error, refetch } = useQuery({
    queryKey: partOf(view.id, "history", context, peer),
    queryFn: () => api.authority.budgetHistory(view.id, { context, peer, limit: LIMIT }),
  });
  if (!data)
    return error ? (
      <ErrorState error={error} retry={() => void refetch()} />
    ) : (
      <LoadingState what="what changed it" />
    );
  return (
    <>
      <h3>Over time</h3>
      {data.more ? <p className="quiet">The last {LIMIT} changes; more lie before.</p> : null}
      <BudgetChart changes={data.items} />
      <DataTable
        label="Changes of the budget"
        file={`${view.id}.${peer}.changes`}
        rows={data.items}
        columns={columns}
        keyOf={({ seq, charge }) => `${seq} ${charge?.receipt ?? ""}`}
        hrefOf={({ charge }) =>
          placeHref(
            view.id,
            charge === null
              ? { tab: "budgets", context, peer }
              : { tab: "receipts", receipt: charge.receipt },
          )
        }
        onOpen={({ charge }) => {
          if (charge !== null) go({ tab: "receipts", context, peer, receipt: charge.receipt });
        }}
        empty={<p className="quiet">Nothing has changed it.</p>}
      />
    </>
  );
};

/** One budget: what is left, who holds escrow, what can be done, how it came to this. */
export const BudgetPanel = ({ view, budget }: BudgetPanelProps) => (
  <section className="auth-panel" aria-label={`Budget ${view.id} to ${budget.peer}`}>
    <h2>
      {view.name} → {budget.peer} <small className="mono">{budget.context}</small>
    </h2>
    <p>
      {budget.left} left of {budget.limit} in epoch {budget.epoch}
      {budget.limited ? "" : " (the default limit)"}. {budget.receipts} receipts.{" "}
      <Link to="/journal/$context" params={{ context: budget.context }}>
        Journal of the context
      </Link>
      {budget.context.startsWith("ctx:") ? (
        <>
          {" · "}
          <Link to="/sessions/$id" params={{ id: budget.context.slice(4) }}>
            Session
          </Link>
        </>
      ) : null}
    </p>
    <Devices budget={budget} />
    <BudgetActions view={view} budget={budget} />
    <History view={view} budget={budget} />
  </section>
);
