import type { Value } from "@parley/wire";
import { needsPayload, type ValueType } from "../machine/code/value-type.ts";
import { commit } from "../machine/commit.ts";
import { type Plan, plan } from "../machine/plan.ts";
import type { Answers, DecisionOption, Request } from "../machine/request.ts";
import { cloneMachine } from "../machine/snapshot.ts";
import type { Machine } from "../machine/state.ts";
import { expireTimer, runningTimers } from "../machine/timers.ts";
import { wakeDenied, wakeFor } from "../machine/wake.ts";
import type { EventCounts, Observation } from "../observe/observation.ts";
import { countEvents } from "../observe/observation.ts";

/** What was given from outside at a step of a path; a session takes the same as inputs. */
export type Move =
  | {
      readonly kind: "decide";
      readonly role: string;
      readonly endpoint: string;
      readonly step: number;
      readonly label: string;
    }
  | {
      readonly kind: "payload";
      readonly role: string;
      readonly endpoint: string;
      readonly step: number;
      readonly value: Value;
    }
  | { readonly kind: "timer"; readonly id: string }
  /** Rounds that asked for nothing. */
  | { readonly kind: "rounds"; readonly count: number };

/** The moves from one node to the next, and those before; keeps no machine alive. */
interface Trail {
  readonly moves: readonly Move[];
  readonly before: Trail | undefined;
}

/** A state of the search and how it was reached. */
export interface Node extends Observation {
  readonly trail: Trail;
  /** Decisions and timers on the path. */
  readonly depth: number;
}

/** A value for a payload nobody gives. */
const sample = (type: ValueType): Value => {
  switch (type.kind) {
    case "nat":
      return { kind: "nat", value: 1 };
    case "bool":
      return { kind: "bool", value: true };
    case "str":
      return { kind: "str", value: "" };
    case "opaque":
      return { kind: "opaque", type: type.name, json: "{}" };
    default:
      return { kind: "unit" };
  }
};

/** Rounds in a row that ask for nothing before a path is given up: a loop without decisions. */
const MAX_ROUNDS = 2_000;

type Decision = Extract<Request, { readonly kind: "decision" }>;

const decisionOf = ({ requests }: Plan): Decision | undefined =>
  requests.find((request): request is Decision => request.kind === "decision");

const payloadMove = (
  request: Extract<Request, { readonly kind: "payload" }>,
): Move & { kind: "payload" } => ({
  kind: "payload",
  role: request.role,
  endpoint: request.endpoint,
  step: request.step,
  value: sample(request.type),
});

/** The answers to a plan without a decision: sample payloads, every guard allowed. */
const plainAnswers = (planned: Plan, moves: Move[]): Answers => {
  const payload = planned.requests.find((request) => request.kind === "payload");
  if (payload?.kind !== "payload") return { guard: { allow: true }, at: 0 };
  const move = payloadMove(payload);
  moves.push(move);
  return { guard: { allow: true }, at: 0, payload: move.value };
};

/** A run under way, alone on its copy of the machine. */
class Run {
  readonly machine: Machine;
  counts: EventCounts;
  readonly moves: Move[] = [];
  private quiet = 0;

  constructor(from: Observation) {
    this.machine = cloneMachine(from.machine);
    this.counts = from.counts;
  }

  commit(planned: Plan, answers: Answers): void {
    const { events } = commit(this.machine, planned, answers);
    this.counts = countEvents(this.counts, events);
    this.quiet += 1;
    const last = this.moves.at(-1);
    if (last?.kind === "rounds")
      this.moves[this.moves.length - 1] = { kind: "rounds", count: last.count + 1 };
    else this.moves.push({ kind: "rounds", count: 1 });
  }

  /** Lets a timer run out; false when it does not run. */
  expire(id: string): boolean {
    for (const sid of this.machine.sessions.keys()) {
      const expired = expireTimer(this.machine, sid, id);
      if (!expired.ok) continue;
      this.counts = countEvents(this.counts, expired.events);
      this.moves.push({ kind: "timer", id });
      return true;
    }
    return false;
  }

  /**
   * Rounds up to the next decision, a state the caller looks for, or the end;
   * one at a time while a timer runs, which may run out between any two.
   */
  settle(stop: (seen: Observation) => boolean): void {
    this.quiet = 0;
    while (this.quiet < MAX_ROUNDS && !stop(this)) {
      const planned = plan(this.machine);
      if (planned.kind !== "run" || decisionOf(planned) !== undefined) return;
      this.commit(planned, plainAnswers(planned, this.moves));
      if (runningTimers(this.machine).length > 0) return;
    }
  }
}

const decided = (node: Node, decision: Decision, option: DecisionOption): Run => {
  const run = new Run(node);
  const { role, endpoint, step } = decision;
  run.moves.push({ kind: "decide", role, endpoint, step, label: option.label });
  let answers: Answers = { label: option.label, guard: { allow: true }, at: 0 };
  if (needsPayload(option.payload)) {
    const value = sample(option.payload);
    run.moves.push({ kind: "payload", role, endpoint, step, value });
    answers = { ...answers, payload: value };
  }
  run.commit(plan(run.machine), answers);
  return run;
};

const nodeOf = (run: Run, parent: Node | undefined, depth: number): Node => ({
  machine: run.machine,
  counts: run.counts,
  trail: { moves: run.moves, before: parent?.trail },
  depth,
});

/** The first node: the machine as it is, run up to its first decision. The machine given is left alone. */
export const rootNode = (seen: Observation, stop: (seen: Observation) => boolean): Node => {
  const run = new Run(seen);
  wakeDenied(run.machine);
  for (const role of run.machine.image.roles) wakeFor(run.machine, role, "");
  run.settle(stop);
  return nodeOf(run, undefined, 0);
};

/** Every way on from a node: each label of its decision or the next round, and each timer that may run out. */
export const branchesOf = (node: Node, stop: (seen: Observation) => boolean): readonly Node[] => {
  const planned = plan(node.machine);
  const decision = decisionOf(planned);
  const runs =
    decision !== undefined
      ? decision.options.map((option) => decided(node, decision, option))
      : planned.kind === "run"
        ? [new Run(node)]
        : [];
  for (const { id } of runningTimers(node.machine)) {
    const run = new Run(node);
    if (run.expire(id)) runs.push(run);
  }
  return runs.map((run) => {
    run.settle(stop);
    return nodeOf(run, node, node.depth + 1);
  });
};

/** All moves from the first node to this one. */
export const pathTo = (node: Node): readonly Move[] => {
  const parts: (readonly Move[])[] = [];
  for (let at: Trail | undefined = node.trail; at !== undefined; at = at.before) parts.push(at.moves);
  return parts.reverse().flat();
};
