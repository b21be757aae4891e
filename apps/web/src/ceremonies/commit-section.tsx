import type { CeremonyView, CommitFactJson } from "@parley/wire/http";
import { useQuery } from "@tanstack/react-query";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { CheckSteps, CheckVerdict, useFlips } from "../ui/browser-check.tsx";
import { flipBit } from "../ui/flip-bit.ts";
import { HashLine } from "../ui/hash-text.tsx";
import { ErrorState, LoadingState } from "../ui/states.tsx";
import { when } from "../ui/when.ts";
import { isLive } from "./ceremony-words.ts";
import { verifyCommit } from "./verify-commit.ts";

/** Keys of the devices of whoever signed alone; none where a group did. */
const deviceKeysOf = async (view: CeremonyView, commit: CommitFactJson): Promise<readonly string[]> => {
  if (view.group !== null) return [];
  const signer = view.participants.find(({ key }) => key === commit.participants[0]);
  if (!signer) return [];
  const { keys: bound } = await api.authority.get(signer.authority);
  return bound.flatMap(({ key, device }) =>
    device === null || (signer.device !== null && device !== signer.device) ? [] : [key],
  );
};

/** The signature of a commit checked in this browser, whole or with a bit turned to see that it is noticed. */
const CommitCheck = ({ view, commit }: { readonly view: CeremonyView; readonly commit: CommitFactJson }) => {
  const flipping = useFlips();
  const { flips } = flipping;
  const shown = flips === undefined ? { value: commit, where: "" } : flipBit<CommitFactJson>(commit, flips);
  const { data, error } = useQuery({
    queryKey: [...keys.ceremony(view.id), "checked", commit.consensus_id, flips ?? "whole"],
    queryFn: async () => verifyCommit(view, shown.value, await deviceKeysOf(view, commit)),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <section aria-label="Checked in this browser">
      <h3>Checked in this browser</h3>
      <CheckVerdict ok={data?.every(({ ok }) => ok)} flips={flipping} where={shown.where} />
      {data ? (
        <CheckSteps steps={data} />
      ) : error ? (
        <ErrorState error={error} />
      ) : (
        <LoadingState what="the check" />
      )}
    </section>
  );
};

const groupWords: Readonly<Record<string, string>> = {
  prepared: "prepared and inert: nothing can be signed with it until the ceremony commits",
  active: "active: it signs from its epoch on",
  retired: "retired: a later epoch has taken over",
  forgotten: "forgotten: the ceremony did not commit",
};

/** The shared key of those who take part, and the decision they signed with it. */
export const CommitSection = ({ view }: { readonly view: CeremonyView }) => {
  const { group, commit } = view;
  return (
    <section aria-label="Group key and signature">
      <h2>Group key and signature</h2>
      {group === null ? (
        <p className="quiet">
          {view.progress.required < 2
            ? "One is enough: whoever accepts signs with a key of their own device."
            : isLive(view)
              ? "Its key is made by those who take part when the first of them answers."
              : "No key was made for it."}
        </p>
      ) : (
        <dl className="facts-list">
          <dt>Public key</dt>
          <dd>
            <HashLine name="the group key" value={group.key.publicKey} />
          </dd>
          <dt>Epoch {group.epoch}</dt>
          <dd>{groupWords[group.state]}</dd>
          <dt>Made by</dt>
          <dd>
            {group.key.participants.join(", ")}; any {group.key.threshold} of them sign
          </dd>
          <dt>Transcript</dt>
          <dd>
            <HashLine name="the transcript" value={group.transcript} />
          </dd>
        </dl>
      )}
      {commit === null ? (
        <p className="quiet">
          Nothing is signed yet.
          {view.commitments.length > 0
            ? ` ${view.commitments.map(({ signer }) => signer).join(", ")} committed to their nonces.`
            : ""}
        </p>
      ) : (
        <>
          <dl className="facts-list">
            <dt>Signature</dt>
            <dd>
              <HashLine name="the signature" value={commit.threshold_signature.signature} />
            </dd>
            <dt>Signed</dt>
            <dd>
              {when(commit.timestamp_ms)}, {commit.fast_path ? "at once" : "after a second round"}
            </dd>
            <dt>Agreement</dt>
            <dd>
              <HashLine name="the agreement" value={commit.consensus_id} />
            </dd>
          </dl>
          <CommitCheck key={commit.consensus_id} view={view} commit={commit} />
        </>
      )}
    </section>
  );
};
