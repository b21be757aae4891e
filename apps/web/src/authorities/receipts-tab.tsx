import type { AuthorityView, ReceiptView } from "@parley/wire/http";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { api } from "../api/api.ts";
import { Button } from "../ui/button.tsx";
import { Chip } from "../ui/chip.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { HashLine, HashText } from "../ui/hash-text.tsx";
import { EmptyState, ErrorState, LoadingState } from "../ui/states.tsx";
import { when } from "../ui/when.ts";
import { partOf, placeHref, useAuthorityPlace } from "./authority-data.ts";
import { ReceiptCheck } from "./receipt-check.tsx";

const LIMIT = 500;

/** It reads foreign JSON by the schemas of the interface: heavy, and seldom wanted. */
const CheckDialog = lazy(() =>
  import("./check-dialog.tsx").then(({ CheckDialog }) => ({ default: CheckDialog })),
);

const columns: readonly Column<ReceiptView>[] = [
  {
    id: "receipt",
    head: "Receipt",
    width: "92px",
    text: ({ receipt }) => receipt.id,
    show: ({ receipt }) => <HashText value={receipt.id} digits={8} />,
  },
  { id: "peer", head: "To", wide: true, text: ({ receipt }) => receipt.charge.peer },
  { id: "message", head: "Message", text: ({ receipt }) => receipt.charge.label },
  { id: "cost", head: "Cost", width: "52px", text: ({ receipt }) => receipt.charge.cost },
  { id: "nonce", head: "Spent then", width: "80px", wide: true, text: ({ receipt }) => receipt.charge.nonce },
  { id: "epoch", head: "Epoch", width: "56px", wide: true, text: ({ receipt }) => receipt.charge.epoch },
  { id: "device", head: "Device", wide: true, text: ({ receipt }) => receipt.charge.device },
  {
    id: "session",
    head: "Session",
    wide: true,
    text: ({ session }) => session.id,
    show: ({ session }) => (
      <Link to="/sessions/$id" params={{ id: session.id }} search={{ at: session.seq ?? undefined }}>
        {session.id}
      </Link>
    ),
  },
  {
    id: "verified",
    head: "Server says",
    width: "98px",
    text: ({ verified }) => verified,
    show: ({ verified, simulated }) =>
      verified ? (
        <Chip tone="ok" icon="check">
          holds
        </Chip>
      ) : (
        <Chip tone="bad" icon="cross">
          {simulated ? "simulated" : "refused"}
        </Chip>
      ),
  },
];

/** Where in its session a receipt's message was sent: lists of an authority do not say. */
const usePosition = ({ receipt: { id }, session }: ReceiptView): number | undefined => {
  const { data } = useQuery({
    queryKey: ["session", session.id, "receipt", id],
    queryFn: async () => {
      const { items } = await api.guards.receipts(session.id);
      return items.find(({ receipt }) => receipt.id === id)?.session.seq ?? null;
    },
    enabled: session.seq === null,
  });
  return session.seq ?? data ?? undefined;
};

const Panel = ({ view, receipt: one }: { readonly view: AuthorityView; readonly receipt: ReceiptView }) => {
  const { receipt, seq } = one;
  const { charge, seal } = receipt;
  const at = usePosition(one);
  return (
    <section className="auth-panel" aria-label="The receipt">
      <HashLine name="the receipt's id" value={receipt.id} />
      <dl className="facts-list">
        <dt>Charge</dt>
        <dd>
          {charge.label} cost {charge.cost} of {charge.authority} → {charge.peer} in{" "}
          <Link to="/journal/$context" params={{ context: charge.context }}>
            {charge.context}
          </Link>
          , epoch {charge.epoch}, at {when(charge.at)}
        </dd>
        <dt>Session</dt>
        <dd>
          <Link to="/sessions/$id" params={{ id: charge.session }} search={{ at }}>
            {charge.session}
            {at === undefined ? "" : ` at ${at}`}
          </Link>{" "}
          <code>{charge.edgeId}</code>
        </dd>
        <dt>Settled</dt>
        <dd>
          entry #{seq} of {charge.authority}, leaf {receipt.index} of a batch of {seal.size}, signed by{" "}
          {seal.device}
        </dd>
        <dt>Before it</dt>
        <dd>
          <HashText value={charge.prev} digits={20} />
        </dd>
      </dl>
      <ReceiptCheck key={receipt.id} view={view} receipt={one} />
    </section>
  );
};

/** A receipt the list does not hold, because it is older than what is listed. */
const useReceipt = (
  view: AuthorityView,
  id: string | undefined,
  listed: readonly ReceiptView[] | undefined,
) => {
  const found = listed?.find(({ receipt }) => receipt.id === id);
  const { data, error } = useQuery({
    queryKey: partOf(view.id, "receipt", id),
    queryFn: () => api.guards.receipt(id ?? ""),
    enabled: id !== undefined && listed !== undefined && found === undefined,
  });
  return { chosen: id === undefined ? undefined : (found ?? data), error };
};

/** The receipts of an authority, newest first; the chosen one checked here step by step. */
export const ReceiptsTab = ({ view }: { readonly view: AuthorityView }) => {
  const { place, go } = useAuthorityPlace(view.id);
  const [checking, setChecking] = useState(false);
  const { context, peer } = place;
  const { data, error, refetch } = useQuery({
    queryKey: partOf(view.id, "receipts", context, peer),
    queryFn: () => api.authority.receipts(view.id, { context, peer, limit: LIMIT }),
    placeholderData: keepPreviousData,
  });
  const { chosen, error: missing } = useReceipt(view, place.receipt, data?.items);
  if (!data)
    return error ? (
      <ErrorState error={error} retry={() => void refetch()} />
    ) : (
      <LoadingState what="the receipts" />
    );
  return (
    <>
      <DataTable
        label="Receipts"
        file={`${view.id}.receipts`}
        rows={data.items}
        columns={columns}
        keyOf={({ receipt }) => receipt.id}
        hrefOf={({ receipt }) => placeHref(view.id, { tab: "receipts", context, peer, receipt: receipt.id })}
        onOpen={({ receipt }) => go({ tab: "receipts", context, peer, receipt: receipt.id })}
        selected={place.receipt}
        tools={
          <>
            <Button small onClick={() => setChecking(true)}>
              Check a receipt …
            </Button>
            {context !== undefined || peer !== undefined ? (
              <Button small onClick={() => go({ tab: "receipts" })}>
                All of them
              </Button>
            ) : null}
            <span className="quiet">
              {data.items.length < data.total ? `the last ${data.items.length} of ${data.total}` : ""}
            </span>
          </>
        }
        empty={
          <EmptyState title="No receipt yet">
            Each guarded message that went through leaves a receipt with who sent it.
          </EmptyState>
        }
      />
      {chosen ? <Panel view={view} receipt={chosen} /> : null}
      {missing && !chosen ? <ErrorState error={missing} /> : null}
      {checking ? (
        <Suspense fallback={null}>
          <CheckDialog view={view} receipt={chosen?.receipt} onClose={() => setChecking(false)} />
        </Suspense>
      ) : null}
    </>
  );
};
