import type { MachineEvent, Read } from "@parley/wire";
import { needsPayload } from "../../machine/code/value-type.ts";
import { commit } from "../../machine/commit.ts";
import { type Plan, plan } from "../../machine/plan.ts";
import type { Answers, DecisionOption, Request } from "../../machine/request.ts";
import { advanceCursor } from "./decision-policy.ts";
import { chainVerdict, type Gather, passEvidence } from "./gather.ts";
import { forget } from "./given.ts";
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

/** Resolves what a plan asks for; what is not met is left out of the answers. */
const resolve = (
  state: SessionState,
  asked: readonly Request[],
  gather: Gather,
): { readonly answers: Answers; readonly reads: readonly Read[] } => {
  const reads: Read[] = [];
  let answers: Answers = state.machine.linked.scoped ? { at: state.at } : {};
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
  const reads: Read[] = [];
  const events: MachineEvent[] = [];
  let rounds = 0;
  while (rounds < max) {
    const planned = plan(state.machine);
    if (planned.kind !== "run") break;
    const resolved = resolve(state, planned.requests, gather);
    const happened = commit(state.machine, planned, resolved.answers).events;
    rounds += 1;
    reads.push(...resolved.reads);
    events.push(...happened);
    if (!happened.some(({ kind }) => kind === "blocked" || kind === "faulted"))
      consume(state, planned, resolved.reads);
    if (happened.some(stop)) break;
  }
  return { rounds, reads, events };
};

/** Rounds up to and including the next protocol event (model §2.3), at most `max`. */
export const runToProtocolEvent = (state: SessionState, gather: Gather, max: number | undefined): Ran =>
  run(state, gather, Math.min(max ?? MAX_ROUNDS, MAX_ROUNDS), isProtocolEvent);

/** Rounds until nothing is runnable: what `drive: eager` does after each accepted input. */
export const runToQuiescence = (state: SessionState, gather: Gather): Ran =>
  run(state, gather, MAX_ROUNDS, () => false);
