import type { CeremonyView, CommitFactJson } from "@parley/wire/http";
import type { CheckStep } from "../ui/browser-check.tsx";

/** What a commit is checked against. */
export type CheckedCeremony = Pick<
  CeremonyView,
  "prestate" | "operation" | "asked" | "participants" | "group"
> & {
  readonly progress: Pick<CeremonyView["progress"], "required">;
};

const same = (step: string, title: string, expected: string, actual: string): CheckStep => ({
  step,
  title,
  ok: expected === actual,
  detail: expected === actual ? "They are equal." : "They differ.",
  expected,
  actual,
});

const whoTookPart = (ceremony: CheckedCeremony, commit: CommitFactJson): CheckStep => {
  const accepted = ceremony.participants.filter(({ answer }) => answer?.accept).map(({ key }) => key);
  const strangers = commit.participants.filter((name) => !accepted.includes(name));
  const distinct = new Set(commit.participants).size === commit.participants.length;
  const enough = commit.participants.length >= commit.threshold;
  const threshold = commit.threshold === ceremony.progress.required;
  return {
    step: "participants",
    title: "Enough took part",
    ok: strangers.length === 0 && distinct && enough && threshold,
    detail:
      strangers.length > 0
        ? `${strangers.join(", ")} did not accept it.`
        : !distinct
          ? "Somebody is named twice."
          : threshold
            ? `${commit.participants.join(", ")}: ${commit.participants.length}, where ${commit.threshold} are needed.`
            : `It says ${commit.threshold} are needed; the ceremony asked for ${ceremony.progress.required}.`,
  };
};

/** A decision one alone could make is signed by a key of a device of theirs. */
const aloneStep = (commit: CommitFactJson, deviceKeys: readonly string[]): CheckStep => {
  const [who = "nobody"] = commit.participants;
  const ok = commit.group_public_key !== null && deviceKeys.includes(commit.group_public_key);
  return {
    step: "group",
    title: "One is enough: it names a key of a device of theirs",
    ok,
    detail: ok ? `It is bound to a device of ${who}.` : `${who} has no device with this key.`,
  };
};

/**
 * Checks a commit here, in the browser, by the code the server has: who took
 * part, what it is bound to, each share by itself, that the shares make this
 * very signature, and that the group's key accepts it. `deviceKeys` are those
 * of who signs where one alone is enough.
 */
export const verifyCommit = async (
  ceremony: CheckedCeremony,
  commit: CommitFactJson,
  deviceKeys: readonly string[] = [],
): Promise<readonly CheckStep[]> => {
  // The curve is fetched when the first commit is checked.
  const [{ bindOperation, commitProblem, commitTranscript }, threshold] = await Promise.all([
    import("@parley/runtime/consensus"),
    import("@parley/runtime/threshold"),
  ]);
  const message = commitTranscript(commit);
  const proof = commit.threshold_signature;
  const key = ceremony.group?.key;
  const bound = [
    whoTookPart(ceremony, commit),
    same("prestate", "It is bound to the prestate", ceremony.prestate, commit.prestate_hash),
    same("operation", "It is bound to the operation", ceremony.operation, commit.operation_hash),
    same(
      "asked",
      "The operation is the hash of what was asked",
      bindOperation(ceremony.prestate, ceremony.asked),
      ceremony.operation,
    ),
  ];
  const problem = commitProblem(commit);
  const signature: CheckStep = {
    step: "signature",
    title: key ? "The group's key accepts it" : "The key accepts it",
    ok: problem === undefined,
    detail: problem?.reason ?? "It is an Ed25519 signature over this decision.",
  };
  if (!key) return [...bound, aloneStep(commit, deviceKeys), signature];
  const group = same("group", "It names the group's key", key.publicKey, commit.group_public_key ?? "none");
  const shares = proof.shares.map((share): CheckStep => {
    const ok = threshold.verifyShare(key, proof.commitments, message, share);
    return {
      step: `share ${share.signer}`,
      title: `The share of ${share.signer}`,
      ok,
      detail: ok ? "It is theirs, over this decision." : "It does not verify against their part of the key.",
    };
  });
  const trusted = ceremony.participants.map((one) => one.key);
  const whole = threshold.verifyThresholdProof(key, trusted, message, proof);
  return [
    ...bound,
    group,
    ...shares,
    {
      step: "aggregate",
      title: "The shares make the signature",
      ok: whole.ok,
      detail: whole.ok
        ? `${proof.shares.length} shares together are the signature.`
        : threshold.thresholdErrorText(whole.error),
    },
    signature,
  ];
};
