import {
  type AnswerSource,
  type CeremonyInput,
  type EquivocationEvidence,
  type Hash,
  hashValue,
} from "@parley/wire";
import type { AnswerCeremonyRequest, CeremonyView } from "@parley/wire/http";
import { acceptedBy, type Ceremony, cannotPass, participantKey } from "../../ceremony/index.ts";
import { emptyDetector, noteVote } from "../../consensus/index.ts";
import type { Caller } from "../caller.ts";
import type { HostCore } from "../core.ts";
import { done, type Result, refused } from "../host-error.ts";
import { type Asked, loadContext } from "../ledger/append.ts";
import { ceremonyStep } from "../streams/ceremony-records.ts";
import { ceremonyCommand, type Refused, tentativeCeremony, type Write } from "./ceremony-command.ts";
import { ceremonyFact } from "./ceremony-facts.ts";
import { ceremonyRefusal } from "./ceremony-refusal.ts";
import { auditRefusal, ceremonyParts, workspaceTime } from "./ceremony-unit.ts";
import { agreementOf, commitOnce } from "./commit-ceremony.ts";
import { endCeremony } from "./end-ceremony.ts";
import { drawNonces, forgetSecrets, keepShares, makeSharedKey, needsSharedKey } from "./group-secrets.ts";
import { authorityOf, ownSource } from "./participants.ts";
import { preparedInput } from "./plan-start.ts";
import { sharedKeyError } from "./shared-key-runtime.ts";

/** What an answer votes for: the operation, or nothing of it. */
const resultOf = (operation: Hash, accept: boolean): Hash =>
  accept ? operation : hashValue("parley.refusal/1", operation);

/** That a participant said two things, where it has. */
const equivocation = (
  ceremony: Ceremony,
  request: AnswerCeremonyRequest,
  at: number,
): EquivocationEvidence | undefined => {
  const witness = participantKey(request.participant);
  const first = ceremony.answers.find(({ participant }) => participant === witness);
  if (first === undefined) return undefined;
  const vote = { witness, consensus: agreementOf(ceremony), prestate: ceremony.prestate };
  const one = { ...vote, result: resultOf(ceremony.operation, first.accept), at: first.at };
  const other = {
    ...vote,
    result: resultOf(request.operation ?? ceremony.operation, request.accept),
    at,
  };
  return noteVote(noteVote(emptyDetector, one).detector, other).proof;
};

/** Makes the shared key of a ceremony that began without one; it and the entries that say so, in one commit. */
const ensureKey = async (core: HostCore, id: string, asked: Asked): Promise<Result<null>> => {
  const found = tentativeCeremony(core, id);
  if (!found.ok) return found;
  const { threshold, participants, outcome, runtime } = found.value;
  const has = () => core.workspace.tentative.ceremonies.details.get(id)?.group != null;
  if (outcome !== null || has() || !needsSharedKey(core, threshold)) return done(null);
  const lacks = sharedKeyError(runtime, "key generation");
  if (lacks !== undefined) return refused(ceremonyRefusal(lacks));
  const key = await makeSharedKey(core, { threshold, participants });
  if (!key.ok) return key;
  const now = tentativeCeremony(core, id);
  // Somebody else was quicker, or it ended meanwhile.
  if (!now.ok || now.value.outcome !== null || has()) return done(null);
  const { kind, context, initiator, pendingEpoch: epoch } = now.value;
  keepShares(core, id, key.value.shares);
  const parts = ceremonyParts(
    core,
    {
      workspace: [{ kind: "ceremony.prepared", ceremony: id, group: key.value.group }],
      contexts: [],
      authorities: [
        { authority: initiator, input: preparedInput({ ceremony: id, kind, context, epoch }, key.value) },
      ],
    },
    { actor: asked.actor, now: asked.now },
  );
  const written = await core.writer.write({ parts });
  return written.ok ? done(null) : written;
};

const answeredInput = (
  id: string,
  { participant, accept, reason }: AnswerCeremonyRequest,
  source: AnswerSource,
): Extract<CeremonyInput, { readonly kind: "ceremony.answered" }> => ({
  kind: "ceremony.answered",
  ceremony: id,
  participant,
  accept,
  source,
  ...(reason === undefined ? {} : { reason }),
});

const writeAnswer = async (
  core: HostCore,
  id: string,
  request: AnswerCeremonyRequest,
  asked: Asked,
  write: Write,
): Promise<{ readonly ok: true; readonly value: Ceremony } | Refused> => {
  const prepared = await ensureKey(core, id, asked);
  if (!prepared.ok) return prepared;
  const before = tentativeCeremony(core, id);
  if (!before.ok) return before;
  const { context, operation } = before.value;
  await loadContext(core, context);
  // From here on nothing is waited for until it is written.
  const cell = core.contexts.get(context) ?? (await loadContext(core, context));
  const found = tentativeCeremony(core, id);
  if (!found.ok) return found;
  const at = workspaceTime(core, asked.now);
  const evidence = equivocation(found.value, request, at);
  const input = answeredInput(id, request, request.source ?? ownSource(request.participant));
  const step = ceremonyStep(core.workspace.tentative.ceremonies, input, at);
  const about = request.operation;
  if (about !== undefined && about !== operation) {
    const member = found.value.participants.some(
      (one) => participantKey(one) === participantKey(request.participant),
    );
    if (member) {
      const mismatch = { ceremony: id, expected: operation, actual: about };
      const error = ceremonyRefusal({ code: "PAR8513", variant: "OperationMismatch", ...mismatch });
      return { ok: false, error, evidence };
    }
  }
  if (!step.ok) return { ok: false, error: ceremonyRefusal(step.error), evidence };
  const { ceremony } = step;
  if (ceremony === found.value) return { ok: true, value: ceremony };
  const participant = participantKey(request.participant);
  const commitment = request.accept ? drawNonces(core, id, participant) : undefined;
  const by = authorityOf(core, request.participant) ?? ceremony.initiator;
  const facts = step.facts.map((fact) => ceremonyFact(ceremony, fact, by));
  const change = {
    workspace: [{ ...input, ...(commitment === undefined ? {} : { commitment }) }],
    contexts: [{ context, cell, title: context, members: [], facts: [{ by, facts }] }],
    authorities: [],
  };
  const written = await write(id, ceremonyParts(core, change, asked));
  return written.ok ? { ok: true, value: ceremony } : written;
};

/** What follows from an answer by itself: the commit, or the end of what cannot pass any more. */
const follow = async (core: HostCore, ceremony: Ceremony, asked: Asked, audit: boolean): Promise<void> => {
  const { id, outcome, threshold, participants } = ceremony;
  if (outcome !== null) return;
  const next: Asked = {
    actor: { kind: "policy", id: "ceremonies" },
    now: Math.max(asked.now, core.clock.now()),
  };
  const write: Write = async (of, parts) => {
    const written = parts.length === 0 ? undefined : await core.writer.write({ parts });
    return written === undefined || written.ok ? done(of) : written;
  };
  const accepted = acceptedBy(ceremony).length;
  if (accepted >= threshold) {
    const result = await commitOnce(core, id, next, write);
    if (!result.ok && audit)
      await auditRefusal(core, next, { what: "commit-ceremony", subject: id, error: result.error });
    return;
  }
  if (!cannotPass(ceremony)) return;
  const reason = `${participants.length - ceremony.answers.length + accepted} of the ${threshold} that are needed could still accept`;
  await endCeremony(core, { kind: "ceremony.aborted", ceremony: id, reason }, next, write);
};

/**
 * One participant's answer. An acceptance commits to nonces of its own; the
 * last one that is needed commits the ceremony, a refusal that leaves too few
 * ends it. What follows never fails the answer: it is in the audit.
 */
export const answerCeremonyCommand = (
  core: HostCore,
  caller: Caller,
  id: string,
  request: AnswerCeremonyRequest,
): Promise<Result<CeremonyView>> =>
  ceremonyCommand(core, caller, {
    name: "answer-ceremony",
    subject: id,
    request,
    run: async (asked, write) => {
      if (core.authority === undefined) return refused({ code: "PAR7780", kind: "guards-not-judged" });
      const answered = await writeAnswer(core, id, request, asked, write);
      if (!answered.ok) return answered;
      await follow(core, answered.value, asked, true);
      return done(id);
    },
  });

/**
 * After a start: ceremonies that have their acceptances and were cut off before
 * they committed go on. One that could not commit before still cannot, and
 * that is not news.
 */
export const resumeCeremonies = async (core: HostCore): Promise<void> => {
  const { ceremonies, details } = core.workspace.durable.ceremonies;
  for (const ceremony of ceremonies.values()) {
    if (ceremony.outcome !== null) {
      // Forgotten after what was written: a crash may have come between.
      const committed = ceremony.outcome.kind === "committed";
      if (details.get(ceremony.id)?.group !== null) forgetSecrets(core, ceremony, { shares: !committed });
      continue;
    }
    core.ceremonyDeadlines.set(ceremony.id, ceremony.deadline + 1);
    if (acceptedBy(ceremony).length < ceremony.threshold || ceremony.deadline < core.clock.now()) continue;
    const groups = core.authorities.get(ceremony.initiator)?.durable.groups ?? [];
    const rolledBack =
      details.get(ceremony.id)?.group !== null &&
      !groups.some((one) => one.ceremony === ceremony.id && one.state === "prepared");
    if (core.authority === undefined || rolledBack) continue;
    await follow(
      core,
      ceremony,
      { actor: { kind: "policy", id: "ceremonies" }, now: core.clock.now() },
      false,
    );
  }
};
