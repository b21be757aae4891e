import type { SessionAudit } from "@parley/wire/http";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../api/api.ts";
import { Chip } from "../../ui/chip.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Modal } from "../../ui/modal.tsx";
import { ErrorState, LoadingState } from "../../ui/states.tsx";
import { useOpenSession } from "../session-context.ts";

type Finding = SessionAudit["findings"][number];

const columns: readonly Column<Finding>[] = [
  { id: "seq", head: "Position", width: "76px", text: ({ seq }) => seq },
  { id: "role", head: "Role", text: ({ role }) => role },
  { id: "what", head: "What differs", text: ({ what }) => what },
  { id: "guard", head: "Guard", wide: true, text: ({ guard }) => guard },
  { id: "expected", head: "Derived again", text: ({ expected }) => expected },
  { id: "actual", head: "In the log", text: ({ actual }) => actual },
];

const counted = (count: number, one: string): string => `${count} ${count === 1 ? one : `${one}s`}`;

const Result = ({ audit }: { readonly audit: SessionAudit }) => (
  <>
    <p role="status">
      <Chip tone={audit.ok ? "ok" : "bad"} icon={audit.ok ? "check" : "cross"}>
        {audit.ok ? "No difference" : counted(audit.findings.length, "difference")}
      </Chip>{" "}
      Up to position {audit.head}: {counted(audit.checked, "judged message")},{" "}
      {counted(audit.receipts, "receipt")}, {counted(audit.facts, "fact")}.
    </p>
    {audit.ok ? null : (
      <DataTable
        label="Findings of the audit"
        rows={audit.findings}
        columns={columns}
        keyOf={({ seq, index, what, edgeId, expected }) => `${seq} ${index} ${what} ${edgeId} ${expected}`}
        empty={null}
      />
    )}
  </>
);

/** Every verdict of the session derived again from the streams at the versions it names; changes nothing. */
export const AuditDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { data } = useOpenSession();
  const query = useQuery({
    queryKey: ["session", data.id, "audit", data.head.head],
    queryFn: () => api.guards.audit(data.id),
    gcTime: 0,
  });
  return (
    <Modal open onClose={onClose} title="Audit" wide>
      <div className="modal-body">
        <p>
          Every verdict is derived again from the streams of the authorities, at the versions it names, and
          receipts and facts are checked against it. Nothing is changed.
        </p>
        {query.error ? (
          <ErrorState error={query.error} retry={() => void query.refetch()} />
        ) : query.data ? (
          <Result audit={query.data} />
        ) : (
          <LoadingState what="the audit" />
        )}
      </div>
    </Modal>
  );
};
