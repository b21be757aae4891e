import type {
  Actor,
  AnswerSource,
  CeremonyRequest,
  Hash,
  Participant,
  SupersessionReason,
} from "@parley/wire";
import type { CeremonyFact, CeremonyMeta } from "../journal/ceremony-fact.ts";
import {
  acceptedBy,
  type Ceremonies,
  type Ceremony,
  type CeremonyOutcome,
  ceremonyState,
  isTimedOut,
} from "./ceremony.ts";
import type { CeremonyError } from "./ceremony-error.ts";
import { ceremonyKinds } from "./ceremony-kind.ts";
import { participantKey, sourceMatches } from "./participant.ts";

/** What a step of a ceremony changes and leaves in the journal of its context; or why it was refused. */
export type CeremonyStep =
  | {
      readonly ok: true;
      readonly ceremonies: Ceremonies;
      readonly ceremony: Ceremony;
      /** None when nothing changed: the same was said before. */
      readonly facts: readonly CeremonyFact[];
    }
  | { readonly ok: false; readonly error: CeremonyError };

const refuse = (error: CeremonyError): CeremonyStep => ({ ok: false, error });

const meta = ({ id, mode, trace }: Ceremony, at: number): CeremonyMeta => ({
  ceremony_id: id,
  agreement_mode: mode,
  timestamp_ms: at,
  ...(trace === undefined ? {} : { trace_id: trace }),
});

const put = (ceremonies: Ceremonies, ceremony: Ceremony, facts: readonly CeremonyFact[]): CeremonyStep => ({
  ok: true,
  ceremonies: ceremonies.with(ceremony.id, ceremony),
  ceremony,
  facts,
});

const find = (ceremonies: Ceremonies, id: string): Ceremony | CeremonyError =>
  ceremonies.get(id) ?? { code: "PAR8501", variant: "UnknownCeremony", ceremony: id };

const ended = (ceremony: Ceremony): CeremonyError => ({
  code: "PAR8506",
  variant: "CeremonyEnded",
  ceremony: ceremony.id,
  state: ceremonyState(ceremony).kind,
});

const late = (ceremony: Ceremony, at: number): CeremonyError => ({
  code: "PAR8507",
  variant: "TimedOut",
  ceremony: ceremony.id,
  deadline: ceremony.deadline,
  at,
});

/** Begins a ceremony: participants are distinct, and as many as the threshold at least. */
export const startCeremony = (ceremonies: Ceremonies, request: CeremonyRequest, at: number): CeremonyStep => {
  const { id, kind, threshold, participants } = request;
  const distinct = new Set(participants.map(participantKey)).size;
  const reason =
    distinct !== participants.length
      ? "a participant is named twice"
      : !Number.isSafeInteger(threshold) || threshold < 1 || threshold > participants.length
        ? "the threshold must be between one and all"
        : undefined;
  if (reason !== undefined)
    return refuse({
      code: "PAR8503",
      variant: "InvalidParticipants",
      threshold,
      participants: participants.length,
      reason,
    });
  if (ceremonies.has(id)) return refuse({ code: "PAR8502", variant: "DuplicateCeremony", ceremony: id });
  const { timeout, mode } = ceremonyKinds[kind];
  const ceremony: Ceremony = {
    ...request,
    startedAt: at,
    deadline: at + timeout,
    mode,
    answers: [],
    outcome: null,
    supersedes: [],
  };
  return put(ceremonies, ceremony, [
    { kind: "CeremonyInitiated", ...meta(ceremony, at), required_responses: threshold },
  ]);
};

/**
 * One participant's answer, from where it verifiably came. Said again it
 * changes nothing; another answer of the same participant is refused, and the
 * first one stands. Reaching the threshold raises the agreement to A2.
 */
export const answerCeremony = (
  ceremonies: Ceremonies,
  id: string,
  answer: {
    readonly participant: Participant;
    readonly accept: boolean;
    readonly reason?: string;
    readonly source: AnswerSource;
  },
  at: number,
): CeremonyStep => {
  const ceremony = find(ceremonies, id);
  if ("variant" in ceremony) return refuse(ceremony);
  const participant = participantKey(answer.participant);
  if (!ceremony.participants.some((one) => participantKey(one) === participant))
    return refuse({ code: "PAR8504", variant: "NotParticipant", ceremony: id, participant });
  if (!sourceMatches(answer.participant, answer.source))
    return refuse({ code: "PAR8505", variant: "SourceMismatch", ceremony: id, participant });
  const first = ceremony.answers.find((one) => one.participant === participant);
  if (first !== undefined)
    return first.accept === answer.accept
      ? { ok: true, ceremonies, ceremony, facts: [] }
      : refuse({
          code: "PAR8508",
          variant: "AnsweredOtherwise",
          ceremony: id,
          participant,
          first: first.accept ? "yes" : "no",
        });
  if (ceremony.outcome !== null) return refuse(ended(ceremony));
  if (isTimedOut(ceremony, at)) return refuse(late(ceremony, at));
  const { accept, reason } = answer;
  const answers = [
    ...ceremony.answers,
    { participant, accept, at, ...(reason === undefined ? {} : { reason }) },
  ];
  const answered = { ...ceremony, answers };
  const reached = accept && acceptedBy(answered).length >= ceremony.threshold;
  const next: Ceremony = reached ? { ...answered, mode: "CoordinatorSoftSafe" } : answered;
  return put(
    ceremonies,
    next,
    accept ? [{ kind: "CeremonyAcceptanceReceived", ...meta(next, at), participant }] : [],
  );
};

/** Another ceremony of the same context that committed upon the same prestate. */
const usedBy = (ceremonies: Ceremonies, { id, context, prestate }: Ceremony): string | undefined =>
  [...ceremonies.values()].find(
    (other) =>
      other.id !== id &&
      other.context === context &&
      other.prestate === prestate &&
      other.outcome?.kind === "committed",
  )?.id;

/**
 * Commits: enough have accepted in time, the prestate is still what it was,
 * and nobody else committed upon it. Committing again changes nothing.
 */
export const commitCeremony = (
  ceremonies: Ceremonies,
  id: string,
  commit: { readonly consensus: Hash; readonly prestate: Hash; readonly relationship: string },
  at: number,
): CeremonyStep => {
  const ceremony = find(ceremonies, id);
  if ("variant" in ceremony) return refuse(ceremony);
  if (ceremony.outcome?.kind === "committed") return { ok: true, ceremonies, ceremony, facts: [] };
  if (ceremony.outcome !== null) return refuse(ended(ceremony));
  if (isTimedOut(ceremony, at)) return refuse(late(ceremony, at));
  const given = acceptedBy(ceremony).length;
  if (given < ceremony.threshold)
    return refuse({
      code: "PAR8509",
      variant: "ThresholdNotMet",
      ceremony: id,
      required: ceremony.threshold,
      given,
    });
  if (commit.prestate !== ceremony.prestate)
    return refuse({
      code: "PAR8510",
      variant: "PrestateMoved",
      ceremony: id,
      expected: ceremony.prestate,
      actual: commit.prestate,
    });
  const by = usedBy(ceremonies, ceremony);
  if (by !== undefined) return refuse({ code: "PAR8511", variant: "PrestateUsed", ceremony: id, by });
  const next: Ceremony = {
    ...ceremony,
    mode: "ConsensusFinalized",
    outcome: { kind: "committed", consensus: commit.consensus, at },
  };
  return put(ceremonies, next, [
    {
      kind: "CeremonyCommitted",
      ...meta(next, at),
      relationship_id: commit.relationship,
      consensus_id: commit.consensus,
      committed_at: at,
    },
  ]);
};

const end = (
  ceremonies: Ceremonies,
  ceremony: Ceremony,
  outcome: CeremonyOutcome,
  fact: (next: Ceremony) => CeremonyFact,
): CeremonyStep => {
  const next = { ...ceremony, outcome };
  return put(ceremonies, next, [fact(next)]);
};

/** Gives a ceremony up without another in its place, and keeps who did; one that has ended is refused. */
export const abortCeremony = (
  ceremonies: Ceremonies,
  id: string,
  reason: string,
  at: number,
  by?: Actor,
): CeremonyStep => {
  const ceremony = find(ceremonies, id);
  if ("variant" in ceremony) return refuse(ceremony);
  if (ceremony.outcome !== null) return refuse(ended(ceremony));
  const outcome = { kind: "aborted", reason, at, ...(by === undefined ? {} : { by }) } as const;
  return end(ceremonies, ceremony, outcome, (next) => ({
    kind: "CeremonyAborted",
    ...meta(next, at),
    reason,
  }));
};

/**
 * Puts one ceremony in the place of another. A committed one keeps its place;
 * one that was superseded already stays as it is.
 */
export const supersedeCeremony = (
  ceremonies: Ceremonies,
  old: string,
  by: string,
  reason: SupersessionReason,
  at: number,
): CeremonyStep => {
  if (old === by) return refuse({ code: "PAR8512", variant: "SupersedesItself", ceremony: old });
  const ceremony = find(ceremonies, old);
  if ("variant" in ceremony) return refuse(ceremony);
  const { outcome } = ceremony;
  if (outcome?.kind === "superseded") return { ok: true, ceremonies, ceremony, facts: [] };
  if (outcome?.kind === "committed") return refuse(ended(ceremony));
  const winner = ceremonies.get(by);
  const noted =
    winner === undefined
      ? ceremonies
      : ceremonies.with(by, { ...winner, supersedes: [...winner.supersedes, old] });
  return end(noted, ceremony, { kind: "superseded", by, reason, at }, (next) => ({
    kind: "CeremonySuperseded",
    ...meta(next, at),
    superseding_ceremony_id: by,
    reason: reason.code,
  }));
};

/** The sentence an overdue ceremony ends with. */
export const TIMED_OUT = "Ceremony timed out";

/** Ends every ceremony whose time is over, by (deadline, id). */
export const sweepCeremonies = (
  ceremonies: Ceremonies,
  at: number,
): {
  readonly ceremonies: Ceremonies;
  readonly ended: readonly Ceremony[];
  readonly facts: readonly CeremonyFact[];
} => {
  const overdue = [...ceremonies.values()]
    .filter((ceremony) => ceremony.outcome === null && isTimedOut(ceremony, at))
    .sort((a, b) => a.deadline - b.deadline || (a.id < b.id ? -1 : 1));
  const facts: CeremonyFact[] = [];
  const done: Ceremony[] = [];
  let state = ceremonies;
  for (const { id } of overdue) {
    const step = abortCeremony(state, id, TIMED_OUT, at);
    if (!step.ok) continue;
    state = step.ceremonies;
    done.push(step.ceremony);
    facts.push(...step.facts);
  }
  return { ceremonies: state, ended: done, facts };
};
