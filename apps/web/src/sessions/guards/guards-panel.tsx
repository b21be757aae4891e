import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { api } from "../../api/api.ts";
import { useSelection } from "../../selection/selection.ts";
import { download } from "../../simulation/download.ts";
import { Button } from "../../ui/button.tsx";
import { Chip } from "../../ui/chip.tsx";
import { csvOf } from "../../ui/csv.ts";
import { ErrorState, LoadingState } from "../../ui/states.tsx";
import { toastProblem } from "../../ui/toast.tsx";
import { RoleName } from "../role-name.tsx";
import { useOpenSession } from "../session-context.ts";
import { AuditDialog } from "./audit-dialog.tsx";
import { toggleCosts, useCosts } from "./cost-rows.ts";
import { allGuarded, guardColumns, guardRows } from "./guard-export.ts";
import { type Judged, judgedFor, judgedIn } from "./judged.ts";
import { ReceiptSection } from "./receipt-section.tsx";
import { useAuthorityHere } from "./use-authority-here.ts";
import { VerdictList } from "./verdict-list.tsx";
import { WhyDenied } from "./why-denied.tsx";
import "./guards.css";

/** What the server says of a judged message: the versions read, receipts, where a denial was decided. */
const useSend = ({ seq, index }: Judged) => {
  const { id } = useOpenSession().data;
  const query = useQuery({
    queryKey: ["session", id, "guards", seq],
    queryFn: () => api.guards.of(id, { seq }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return { ...query, send: query.data?.items.find((one) => one.seq === seq && one.index === index) };
};

/** The authority that judged, kept fresh; the session is read again when it changes, since a denied seat may go on. */
const Judge = ({
  id,
  children,
}: {
  readonly id: string;
  readonly children: (authority: ReturnType<typeof useAuthorityHere>["data"]) => ReactNode;
}) => {
  const { refresh } = useOpenSession().data;
  const { data } = useAuthorityHere(id);
  const head = data?.head;
  useEffect(() => {
    if (head !== undefined) refresh();
  }, [head, refresh]);
  return children(data);
};

const Place = ({ seq }: { readonly seq: number }) => {
  const { commands } = useOpenSession();
  return (
    <button type="button" className="link" onClick={() => commands.go(seq)}>
      #{seq}
    </button>
  );
};

const OfMessage = ({ judged }: { readonly judged: Judged }) => {
  const { send, error, refetch } = useSend(judged);
  if (error) return <ErrorState error={error} retry={() => void refetch()} />;
  if (!send) return <LoadingState what="the verdicts" />;
  const peer = send.receipts[0]?.receipt.charge.peer;
  return (
    <>
      <h3>{send.label}</h3>
      <p className="guard-head">
        <Chip tone={send.allow ? "ok" : "bad"} icon={send.allow ? "check" : "cross"}>
          {send.allow ? "Allowed" : "Denied"}
        </Chip>
        <span>
          <RoleName role={send.role} />
          {send.authority === null ? "" : ` (${send.authority})`}
          {peer === undefined ? "" : ` pays for it to ${peer}`}, at <Place seq={send.seq} />
          {send.allow ? `, cost ${send.cost}` : ""}
        </span>
      </p>
      <Judge id={send.authority ?? ""}>
        {(authority) => (
          <>
            <VerdictList send={send} authority={authority} />
            {send.denial ? <WhyDenied send={send} denial={send.denial} authority={authority} /> : null}
            {send.receipts.map((view) => (
              <ReceiptSection key={view.receipt.id} view={view} authority={authority} />
            ))}
          </>
        )}
      </Judge>
    </>
  );
};

const Tools = () => {
  const { data } = useOpenSession();
  const [auditing, setAuditing] = useState(false);
  const costs = useCosts(({ shown }) => shown);
  const save = (as: "json" | "csv"): void =>
    void allGuarded(data.id).then((items) => {
      if (as === "json")
        download(`${data.id}-guards.json`, "application/json", `${JSON.stringify(items, undefined, 1)}\n`);
      else download(`${data.id}-guards.csv`, "text/csv", csvOf(guardColumns, guardRows(items)));
    }, toastProblem);
  return (
    <div className="act-row pad guard-tools">
      <label className="guard-costs">
        <input type="checkbox" checked={costs} onChange={toggleCosts} /> Costs on the diagram
      </label>
      <Button small onClick={() => setAuditing(true)}>
        Audit …
      </Button>
      <Button small aria-label="Export guards as JSON" onClick={() => save("json")}>
        JSON
      </Button>
      <Button small aria-label="Export guards as CSV" onClick={() => save("csv")}>
        CSV
      </Button>
      {auditing ? <AuditDialog onClose={() => setAuditing(false)} /> : null}
    </div>
  );
};

/** What the guards said of the message that is selected, or of the last one up to the position shown. */
export const GuardsPanel = () => {
  const { data } = useOpenSession();
  const { edge, seq } = useSelection((state) => state.selection);
  const all = useMemo(() => judgedIn(data.entries), [data.entries]);
  const judged = judgedFor(all, { edge, seq });
  return (
    <section aria-label="Guards" className="detail guards">
      {judged ? (
        <OfMessage key={`${judged.seq} ${judged.index}`} judged={judged} />
      ) : (
        <p className="quiet-note">
          {edge === undefined && seq === undefined
            ? "No guard has been asked yet: nothing was sent up to this position."
            : "The guards have judged no such message up to this position. One that is free of annotations asks them nothing."}
        </p>
      )}
      <Tools />
    </section>
  );
};
