import { bytesToHex } from "@noble/hashes/utils.js";
import type { CeremonyInput, CommitFact, SignatureShare, ThresholdSignature } from "@parley/wire";
import type { CeremonyView } from "@parley/wire/http";
import { acceptedBy, type Ceremony } from "../../ceremony/index.ts";
import {
  applyVote,
  commitProblem,
  commitTranscript,
  consensusId,
  startConsensus,
} from "../../consensus/index.ts";
import type { Replicas } from "../../journal/replicas.ts";
import { aggregateSignature, signShare } from "../../threshold/index.ts";
import type { Caller } from "../caller.ts";
import type { HostCore } from "../core.ts";
import { done, type Result, refused } from "../host-error.ts";
import type { Asked } from "../ledger/append.ts";
import type { Cell } from "../ledger/cell.ts";
import { onSettled } from "../ledger/settled-context.ts";
import { ceremonyStep } from "../streams/ceremony-records.ts";
import type { ContextState } from "../streams/context-state.ts";
import { deviceKeyName } from "../streams/key-records.ts";
import { ceremonyCommand, tentativeCeremony, type Write } from "./ceremony-command.ts";
import { ceremonyFact, decisionFacts } from "./ceremony-facts.ts";
import { ceremonyRefusal } from "./ceremony-refusal.ts";
import { ceremonyParts, workspaceTime } from "./ceremony-unit.ts";
import { forgetSecrets, noncesOf, shareOf } from "./group-secrets.ts";
import { authoritiesOf, authorityOf, participantOf, signingDevice } from "./participants.ts";
import { rollbackInputs } from "./plan-start.ts";
import { prestateNow } from "./prestate-now.ts";
import { sharedKeyError } from "./shared-key-runtime.ts";

/** A number of 48 bits from the nonce of a ceremony: keeps two tries of one operation apart. */
const tryOf = ({ nonce }: Ceremony): number => Number.parseInt((nonce ?? "0").slice(0, 12), 16);

/** Names the agreement that a ceremony is. */
export const agreementOf = (ceremony: Ceremony): string =>
  consensusId(ceremony.prestate, ceremony.operation, tryOf(ceremony));

type Decision = Pick<CommitFact, "consensus_id" | "prestate_hash" | "operation_hash" | "threshold">;

const decisionOf = (ceremony: Ceremony): Decision => ({
  consensus_id: agreementOf(ceremony),
  prestate_hash: ceremony.prestate,
  operation_hash: ceremony.operation,
  threshold: ceremony.threshold,
});

/** The decision signed by the one whose word is enough, with a device's own key. */
const signAlone = (core: HostCore, ceremony: Ceremony): Result<CommitFactDraft> => {
  const [signer = ""] = acceptedBy(ceremony);
  const participant = participantOf(ceremony.participants, signer);
  const device = participant && signingDevice(core, participant);
  const keys = core.authority?.keys;
  const of = (participant && authorityOf(core, participant)) ?? "";
  const name = deviceKeyName(core.authorities.get(of)?.tentative.keys ?? [], device ?? "");
  const key = keys?.publicKey(name);
  if (keys === undefined || key === undefined) return refused({ code: "PAR7780", kind: "guards-not-judged" });
  const signature = bytesToHex(keys.sign(name, commitTranscript(decisionOf(ceremony))));
  return done({
    signers: [signer],
    signature: { signature, commitments: [], shares: [] },
    key,
  });
};

interface CommitFactDraft {
  readonly signers: readonly string[];
  readonly signature: ThresholdSignature;
  readonly key: string;
}

/**
 * The decision signed by as many as are needed, the first who accepted, each
 * with its share and the nonces it committed to: whoever tries again signs the
 * same with the same, so no nonce is ever used for two things.
 */
const signTogether = async (core: HostCore, ceremony: Ceremony): Promise<Result<CommitFactDraft>> => {
  const { id, pendingEpoch, runtime } = ceremony;
  const lacks = sharedKeyError(runtime, "threshold signing");
  if (lacks !== undefined) return refused(ceremonyRefusal(lacks));
  const detail = core.workspace.tentative.ceremonies.details.get(id);
  const group = detail?.group ?? undefined;
  const notPrepared = () =>
    refused(ceremonyRefusal({ code: "PAR8908", variant: "NotPrepared", epoch: pendingEpoch }));
  if (detail === undefined || group === undefined) return notPrepared();
  const signers = acceptedBy(ceremony).slice(0, ceremony.threshold);
  const commitments = detail.commitments.filter(({ signer }) => signers.includes(signer));
  const message = commitTranscript(decisionOf(ceremony));
  const shares: SignatureShare[] = [];
  for (const { signer } of commitments) {
    const share = shareOf(core, id, signer);
    const nonces = noncesOf(core, id, signer);
    if (share === undefined || nonces === undefined) return notPrepared();
    shares.push(signShare(group, share, nonces, commitments, message));
    await core.yield();
  }
  const signature = aggregateSignature(group, commitments, message, shares);
  if (!signature.ok) return refused(ceremonyRefusal(signature.error));
  return done({
    signers: shares.map(({ signer }) => signer),
    signature: signature.value,
    key: group.publicKey,
  });
};

/** The commit of a ceremony, agreed upon by the votes of those who signed, and checked as everybody will. */
const commitFactOf = async (core: HostCore, ceremony: Ceremony, at: number): Promise<Result<CommitFact>> => {
  const { threshold, participants, initiator, prestate, operation } = ceremony;
  const signed = threshold === 1 ? signAlone(core, ceremony) : await signTogether(core, ceremony);
  if (!signed.ok) return signed;
  const { signers, signature, key } = signed.value;
  const detail = core.workspace.tentative.ceremonies.details.get(ceremony.id);
  const witnesses = detail?.handshakes ?? [];
  // Everybody had said nonces already: nothing had to be asked for.
  const fast = detail?.commitments.length === participants.length;
  let agreement = startConsensus(
    {
      id: agreementOf(ceremony),
      operation,
      prestate,
      threshold,
      witnesses: witnesses.map(({ participant }) => participant),
      initiator,
    },
    fast,
  );
  for (const witness of signers) {
    if (!agreement.ok || agreement.instance.commit !== null) break;
    const share = signature.shares.find(({ signer }) => signer === witness)?.share ?? signature.signature;
    agreement = applyVote(agreement.instance, { witness, result: operation, share });
  }
  if (!agreement.ok) return refused(ceremonyRefusal(agreement.error));
  const fact: CommitFact = {
    ...decisionOf(ceremony),
    threshold_signature: signature,
    group_public_key: key,
    participants: signers,
    timestamp_ms: at,
    fast_path: fast,
  };
  const problem = commitProblem(fact);
  return problem === undefined ? done(fact) : refused(ceremonyRefusal(problem));
};

/** Whether a ceremony could commit now, were it signed. */
const tryCommit = (
  core: HostCore,
  id: string,
  replicas: Replicas,
  commit: CommitFact | undefined,
  at: number,
): Result<{
  readonly input: CeremonyInput;
  readonly step: Extract<ReturnType<typeof ceremonyStep>, { ok: true }>;
}> => {
  const found = tentativeCeremony(core, id);
  if (!found.ok) return found;
  const ceremony = found.value;
  const authorities = authoritiesOf(core, ceremony.participants);
  if (!authorities.ok) return authorities;
  const sessions = core.workspace.tentative.ceremonies.details.get(id)?.sessions ?? [];
  const asked = { initiator: ceremony.initiator, authorities: authorities.value, sessions };
  const prestate = prestateNow(core, asked, replicas);
  if (!prestate.ok) return prestate;
  const unsigned = { ...decisionOf(ceremony), participants: [], timestamp_ms: at, fast_path: false };
  const input = {
    kind: "ceremony.committed",
    ceremony: id,
    prestate: prestate.value.hash,
    relationship: ceremony.context,
    commit: commit ?? {
      ...unsigned,
      group_public_key: null,
      threshold_signature: { signature: "", commitments: [], shares: [] },
    },
  } as const;
  const step = ceremonyStep(core.workspace.tentative.ceremonies, input, at);
  return step.ok ? done({ input, step }) : refused(ceremonyRefusal(step.error));
};

/** What the prestate being gone for good leaves of a ceremony: no key of it will ever sign. */
const giveUpKey = async (core: HostCore, id: string, asked: Asked): Promise<void> => {
  const found = tentativeCeremony(core, id);
  if (!found.ok) return;
  const authorities = rollbackInputs(core, found.value);
  if (authorities.length === 0) return;
  const parts = ceremonyParts(
    core,
    { workspace: [], contexts: [], authorities },
    { ...asked, key: undefined },
  );
  const written = await core.writer.write({ parts });
  if (written.ok) forgetSecrets(core, found.value, { shares: true });
};

type Context = readonly [Cell<ContextState>, Replicas];

const writeCommit = (
  core: HostCore,
  [cell, replicas]: Context,
  commit: CommitFact,
  of: { readonly id: string; readonly asked: Asked; readonly write: Write },
): Promise<Result<string>> | Result<string> => {
  const { id, asked, write } = of;
  const tried = tryCommit(core, id, replicas, commit, commit.timestamp_ms);
  if (!tried.ok) return tried;
  const { input, step } = tried.value;
  if (step.facts.length === 0) return done(id);
  const { ceremony } = step;
  const { context, initiator } = ceremony;
  const groups = core.authorities.get(initiator)?.tentative.groups ?? [];
  const key = groups.find((one) => one.ceremony === id && one.state === "prepared");
  const retired = groups.find(
    (one) => one.state === "active" && one.of === ceremony.kind && one.context === context,
  );
  const facts = [
    ...step.facts.map((fact) => ceremonyFact(ceremony, fact, initiator)),
    ...decisionFacts(core, ceremony, commit, key),
  ];
  const change = {
    workspace: [input],
    contexts: [{ context, cell, title: context, members: [], facts: [{ by: initiator, facts }] }],
    authorities:
      key === undefined
        ? []
        : [{ authority: initiator, input: { kind: "group.committed", ceremony: id } as const }],
  };
  return write(id, ceremonyParts(core, change, asked)).then((written) => {
    if (!written.ok) return written;
    core.ceremonyDeadlines.set(id, undefined);
    forgetSecrets(core, ceremony, { shares: false });
    const before = retired && core.workspace.durable.ceremonies.ceremonies.get(retired.ceremony);
    if (before !== undefined) forgetSecrets(core, before, { shares: true });
    return written;
  });
};

/**
 * Commits a ceremony that enough accepted: signed by them, upon the prestate
 * it was begun upon, in one commit of every stream. Committed already, it is as
 * it was. Upon another prestate it is refused for good, and its key with it.
 */
export const commitOnce = async (
  core: HostCore,
  id: string,
  asked: Asked,
  write: Write,
): Promise<Result<string>> => {
  const found = tentativeCeremony(core, id);
  if (!found.ok) return found;
  const { context } = found.value;
  const at = () => workspaceTime(core, Math.max(asked.now, core.clock.now()));
  const possible = await onSettled(core, context, (_, replicas) =>
    tryCommit(core, id, replicas, undefined, at()),
  );
  const committed = possible.ok && possible.value.step.facts.length === 0;
  if (committed) return done(id);
  const signed = possible.ok ? await commitFactOf(core, found.value, at()) : possible;
  // Another was quicker: the nonces it used are gone, and what it decided stands.
  const now = tentativeCeremony(core, id);
  if (now.ok && now.value.outcome?.kind === "committed") return done(id);
  const result = signed.ok
    ? await onSettled(core, context, (cell, replicas) =>
        writeCommit(core, [cell, replicas], signed.value, { id, asked, write }),
      )
    : signed;
  if (!result.ok && (result.error.kind === "prestate-moved" || result.error.kind === "prestate-used"))
    await giveUpKey(core, id, asked);
  return result;
};

/** Commits a ceremony that has its acceptances and did not commit by itself. */
export const commitCeremonyCommand = (
  core: HostCore,
  caller: Caller,
  id: string,
): Promise<Result<CeremonyView>> =>
  ceremonyCommand(core, caller, {
    name: "commit-ceremony",
    subject: id,
    request: null,
    run: (asked, write) => commitOnce(core, id, asked, write),
  });
