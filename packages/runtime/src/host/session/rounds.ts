import type { MachineEvent, Read } from "@parley/wire";
import { needsPayload } from "../../machine/code/value-type.ts";
import { commit, type RoundOutcome } from "../../machine/commit.ts";
import { candidates } from "../../machine/pick.ts";
import { type Plan, plan } from "../../machine/plan.ts";
import type { Answers, DecisionOption, Request } from "../../machine/request.ts";
import type { Coroutine } from "../../machine/state.ts";
import { wakes } from "../../machine/wake.ts";
import { countWave, noWaves, stepPlan, waveRound } from "../../waves/wave-round.ts";
import { advanceCursor } from "./decision-policy.ts";
import { guardedSend, noteDenial, noteSimulated } from "./denials.ts";
import { chainVerdict, type Gather, passEvidence } from "./gather.ts";
import { forget } from "./given.ts";
import { countScripted, noteAsked } from "./script-answer.ts";
import type { SessionState } from "./session-state.ts";

/** Rounds one entry may hold; a session that would run for ever is stopped here and goes on with the next input. */
export const MAX_ROUNDS = 1_000;

/** What the rounds of one entry did. */
export interface Ran {
  readonly rounds: number;
  readonly reads: readonly Read[];
  readonly events: readonly MachineEvent[];
}

const isProtocolEvent = (event: MachineEvent): boolean => {
  switch (event.kind) {
    case "blocked":
      return event.reason.kind !== "empty";
    case "sent":
    case "received":
    case "offered":
    case "chose":
    case "joined":
    case "performed":
    case "decided":
    case "entered":
    case "left":
    case "halted":
    case "faulted":
    case "completed":
    case "closed":
    case "cancelled":
      return true;
    default:
      return false;
  }
};

type RequestOf<K extends Request["kind"]> = Extract<Request, { readonly kind: K }>;

const requestOf = <K extends Request["kind"]>(
  requests: readonly Request[],
  kind: K,
): RequestOf<K> | undefined => requests.find((request): request is RequestOf<K> => request.kind === kind);

/** What a decided option still asks for: its payload and its guard. */
const optionRequests = (decision: RequestOf<"decision">, option: DecisionOption): readonly Request[] => {
  if (decision.quiet !== undefined) return [];
  const { role, endpoint, step } = decision;
  const { label, edgeId } = option;
  const payload: Request = {
    kind: "payload",
    role,
    endpoint,
    step,
    label,
    type: option.payload,
    typeText: option.payloadText,
    edgeId,
  };
  const guard: Request = {
    kind: "guard",
    role,
    peer: option.peer,
    label,
    edgeId,
    annotations: option.annotations,
  };
  return [
    ...(needsPayload(option.payload) ? [payload] : []),
    ...(option.control === undefined ? [guard] : []),
  ];
};

/** What somebody is about to say: the label decided, or the one there is. */
const labelOf = (asked: readonly Request[], decided: string | undefined): string | undefined =>
  decided ?? requestOf(asked, "payload")?.label ?? requestOf(asked, "guard")?.label;

/** Whether a script lets the role fail here. */
const failure = (
  state: SessionState,
  asked: readonly Request[],
  decided: string | undefined,
  gather: Gather,
) => {
  const label = state.pin.script === undefined ? undefined : labelOf(asked, decided);
  const [first] = asked;
  if (label === undefined || first === undefined) return undefined;
  const read = gather.failure(state, first.role, label);
  if (read === undefined) return undefined;
  const { reason } = read.result as { readonly reason: string };
  return { read, why: { kind: "unavailable", message: reason } };
};

/** Resolves what a plan asks for; what is not met is left out of the answers. */
const resolve = (
  state: SessionState,
  asked: readonly Request[],
  gather: Gather,
): { readonly answers: Answers; readonly reads: readonly Read[] } => {
  const reads: Read[] = [];
  let answers: Answers = state.machine.linked.timed ? { at: state.at } : {};
  let requests = asked;
  const decision = requestOf(asked, "decision");
  if (decision !== undefined) {
    const read = gather.decision(state, decision);
    const option = decision.options.find(({ label }) => label === read?.label);
    if (read === undefined || option === undefined) return { answers, reads };
    reads.push(read);
    answers = { ...answers, label: read.label };
    requests = optionRequests(decision, option);
  }
  const payload = requestOf(requests, "payload");
  if (payload !== undefined) {
    const read = gather.payload(state, payload);
    if (read === undefined) return { answers, reads };
    reads.push(read);
    answers = { ...answers, payload: read.value };
  }
  const failed = failure(state, asked, answers.label, gather);
  if (failed !== undefined)
    return { answers: { ...answers, failure: failed.why }, reads: [...reads, failed.read] };
  const guard = requestOf(requests, "guard");
  if (guard !== undefined) {
    const read = gather.guard(state, guard);
    if (read !== undefined) {
      reads.push(read);
      answers = { ...answers, guard: { ...chainVerdict(read.verdicts), verdicts: read.verdicts } };
    }
  }
  const effect = requestOf(requests, "effect");
  const served = effect && gather.effect(state, effect);
  if (served !== undefined) {
    reads.push(served);
    answers = { ...answers, evidence: passEvidence };
  }
  return { answers, reads };
};

/** What was handed in for a step is used up once its round went through. */
const consume = (state: SessionState, planned: Plan, reads: readonly Read[]): void => {
  const decision = requestOf(planned.requests, "decision");
  for (const read of reads) {
    if (read.kind !== "decision" && read.kind !== "payload") continue;
    forget(state.inbox, { seat: read.role, endpoint: read.endpoint, step: read.step });
    if (read.kind === "decision" && decision !== undefined && read.source.kind === "policy")
      state.cursor = advanceCursor(state.pin.decisions, state.cursor, decision);
  }
  const [first] = planned.requests;
  if (state.pin.script === undefined || first === undefined) return;
  const decided = reads.find((read) => read.kind === "decision")?.label;
  state.cursor = countScripted(state.cursor, reads, first.role, labelOf(planned.requests, decided));
};

/** A script may answer later what it was asked now. */
const noteUnmet = (state: SessionState, happened: readonly MachineEvent[]): void => {
  const { script } = state.pin;
  if (script === undefined) return;
  for (const event of happened) {
    if (event.kind !== "blocked") continue;
    const { reason, endpoint = "" } = event;
    if (reason.kind !== "decision" && reason.kind !== "payload") continue;
    const { role, step } = reason;
    state.cursor = noteAsked(script, state.cursor, { role, endpoint, step }, state.at);
  }
};

/** Gathers what a plan asks for, commits it and notes what came of it. */
const serve = (
  state: SessionState,
  gather: Gather,
  planned: Plan,
  into: { readonly reads: Read[]; readonly events: MachineEvent[] },
): RoundOutcome => {
  const resolved = resolve(state, planned.requests, gather);
  const runner =
    planned.coroutine === undefined ? undefined : state.machine.coroutines.get(planned.coroutine);
  const outcome = commit(state.machine, planned, resolved.answers);
  const happened = outcome.events;
  into.reads.push(...resolved.reads);
  into.events.push(...happened);
  if (!happened.some(({ kind }) => kind === "blocked" || kind === "faulted"))
    consume(state, planned, resolved.reads);
  noteUnmet(state, happened);
  noteDenial(state, runner, resolved.reads, happened);
  const guarded = guardedSend(resolved.reads, happened);
  if (guarded !== undefined) {
    noteSimulated(state, guarded);
    gather.sent?.(state, guarded);
  }
  if (outcome.coroutine !== undefined && outcome.status !== "blocked")
    gather.stepped?.(state, outcome.coroutine);
  return outcome;
};

/**
 * Runs rounds until `stop` says so after one of them, nothing is runnable, or
 * `max` have run.
 */
const run = (
  state: SessionState,
  gather: Gather,
  max: number,
  stop: (event: MachineEvent) => boolean,
): Ran => {
  const into = { reads: [] as Read[], events: [] as MachineEvent[] };
  const { wave } = state.machine.config;
  const step = (planned: Plan): RoundOutcome => serve(state, gather, planned, into);
  let rounds = 0;
  while (rounds < max) {
    const planned = plan(state.machine);
    if (planned.kind !== "run") break;
    const before = into.events.length;
    if (wave === undefined) step(planned);
    else state.waves = countWave(state.waves ?? noWaves, waveRound(state.machine, wave, step));
    rounds += 1;
    if (endsRun(into.events, before, stop)) break;
  }
  return { rounds, ...into };
};

const endsRun = (
  events: readonly MachineEvent[],
  from: number,
  stop: (event: MachineEvent) => boolean,
): boolean => {
  for (let i = from; i < events.length; i += 1) if (stop(events[i] as MachineEvent)) return true;
  return false;
};

/** Rounds up to and including the next protocol event (model §2.3), at most `max`. */
export const runToProtocolEvent = (state: SessionState, gather: Gather, max: number | undefined): Ran =>
  run(state, gather, Math.min(max ?? MAX_ROUNDS, MAX_ROUNDS), isProtocolEvent);

/** Rounds until nothing is runnable: what `drive: eager` does after each accepted input. */
export const runToQuiescence = (state: SessionState, gather: Gather): Ran =>
  run(state, gather, MAX_ROUNDS, () => false);

/**
 * Rounds of whoever `may` run, first in, first out, until none of them can:
 * how one run is kept beside another.
 */
export const runWhile = (
  state: SessionState,
  gather: Gather,
  may: (coroutine: Coroutine) => boolean,
): Ran => {
  const { machine } = state;
  const into = { reads: [] as Read[], events: [] as MachineEvent[] };
  for (let rounds = 0; ; rounds += 1) {
    const tick = machine.tick + 1;
    const next = candidates(machine, wakes(machine, tick), tick).find(may);
    if (next === undefined) return { rounds, ...into };
    serve(state, gather, stepPlan(machine, next, tick), into);
  }
};
