import type { EnvelopeView } from "@parley/wire/http";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "../../api/api.ts";
import { keys } from "../../api/query-client.ts";
import { Icon } from "../../ui/icon.tsx";
import { ErrorState, LoadingState } from "../../ui/states.tsx";
import { useOpenSession } from "../session-context.ts";
import { type EnvelopeRow, envelopeRows, type Verdict } from "./envelope-rows.ts";

const words: Readonly<Record<Verdict, string>> = {
  allowed: "allowed",
  rejected: "rejected",
  unseen: "not looked at",
};

const VerdictCell = ({ verdict }: { readonly verdict: Verdict }) => (
  <td className={verdict === "rejected" ? "bad-note" : verdict === "allowed" ? "ok-note" : undefined}>
    {verdict === "unseen" ? null : <Icon name={verdict === "allowed" ? "check" : "cross"} size={12} />}{" "}
    {words[verdict]}
  </td>
);

const Classes = ({ rows }: { readonly rows: readonly EnvelopeRow[] }) => (
  <div className="classes">
    <table>
      <caption className="visually-hidden">Classes of the diff artifact</caption>
      <thead>
        <tr>
          <th scope="col">Class</th>
          <th scope="col">Policy</th>
          <th scope="col">Parity</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, value, policy, parity }) => (
          <tr
            key={name}
            data-class={name}
            className={policy === "rejected" || parity === "rejected" ? "rejected" : undefined}
          >
            <th scope="row">
              {name}
              <small className="mono">{value}</small>
            </th>
            <VerdictCell verdict={policy} />
            <VerdictCell verdict={parity} />
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

const Gate = ({ name, rejected }: { readonly name: string; readonly rejected: EnvelopeView["rejected"] }) => (
  <p className={rejected === null ? "ok-note" : "bad-note"}>
    <Icon name={rejected === null ? "check" : "cross"} size={14} /> {name}:{" "}
    {rejected === null ? "nothing to object to" : rejected.text}
  </p>
);

const Artifact = ({ view }: { readonly view: EnvelopeView }) => {
  const { artifact } = view;
  if (artifact === null)
    return (
      <>
        <p className="quiet-note">
          {view.policy} is no threaded policy: the session runs one step a round and is its own canonical run.
          There is nothing to compare.
        </p>
        {view.rejected === null ? null : <Gate name="Policy" rejected={view.rejected} />}
      </>
    );
  return (
    <>
      <Classes rows={envelopeRows(view)} />
      <Gate name="Policy" rejected={view.rejected} />
      <Gate name="Parity gate" rejected={view.parity} />
      <dl className="facts">
        <dt>compared</dt>
        <dd>
          {artifact.diff.candidateEngine} with {artifact.diff.baselineEngine}
        </dd>
        <dt>needed</dt>
        <dd>{view.needed ? "by the policy" : "no, but kept"}</dd>
        <dt>canonical run</dt>
        <dd title={artifact.baselineHash}>{artifact.baselineHash.slice(0, 16)}…</dd>
        <dt>this run</dt>
        <dd title={artifact.candidateHash}>{artifact.candidateHash.slice(0, 16)}…</dd>
        <dt>artifact</dt>
        <dd title={artifact.diffHash}>{artifact.diffHash.slice(0, 16)}…</dd>
      </dl>
    </>
  );
};

/** How the run compares with the canonical one up to the position shown: class by class, by policy and gate. */
export const EnvelopeSection = () => {
  const { data } = useOpenSession();
  const { id, view } = data;
  const query = useQuery({
    queryKey: [...keys.session(id, view.at), "envelope"],
    queryFn: () => api.sessions.envelope(id, view.at),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
  return (
    <section aria-label="Envelope" className={query.isPlaceholderData ? "dimmed" : undefined}>
      <h3>Envelope</h3>
      {query.data ? <Artifact view={query.data} /> : null}
      {query.error && !query.data ? (
        <ErrorState error={query.error} retry={() => void query.refetch()} />
      ) : null}
      {query.isPending ? <LoadingState what="the envelope" /> : null}
    </section>
  );
};
