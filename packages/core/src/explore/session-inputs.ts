import type { SessionInput, Value } from "@parley/wire";
import type { PayloadSort } from "../kernel/node.ts";
import type { Run, TraceStep } from "./exploration.ts";
import type { Silent } from "./role-machine.ts";

/**
 * One input of a run. The end of a timeout scope is told by whose it is:
 * when its time is up, only the session that runs knows.
 */
export type ReplayInput =
  | SessionInput
  | {
      readonly kind: "expire";
      readonly seat: string;
      readonly endpoint: string;
      readonly scope: string;
      readonly outcome: "timeout" | "cancel";
    };

/** What a run comes to as inputs of a session of the same protocol. */
export interface ReplayInputs {
  /**
   * One list per step, to be asked one after the other; the first stops
   * everybody, the last lets them go on. An `expire` stands alone in its list.
   */
  readonly batches: readonly (readonly ReplayInput[])[];
}

/** Any value of the type: a run says what is sent, not what it says. */
const sampleValue = (sort: PayloadSort, text: string): Value | undefined => {
  switch (sort) {
    case "Unit":
      return undefined;
    case "Nat":
      return { kind: "nat", value: 0 };
    case "Bool":
      return { kind: "bool", value: true };
    case "String":
      return { kind: "str", value: "" };
    case "Opaque":
      return { kind: "opaque", type: text, json: "null" };
  }
};

/** Steps each endpoint has taken, counted as the machine counts them. */
class Steps {
  private readonly counts = new Map<string, number>();

  at(role: string, endpoint: string): number {
    const own = this.counts.get(`${role} ${endpoint}`);
    if (own !== undefined || endpoint === "") return own ?? 0;
    // An arm counts on from the role that forked it.
    const cut = endpoint.lastIndexOf(".");
    return this.at(role, cut < 0 ? "" : endpoint.slice(0, cut));
  }

  take(role: string, endpoint: string): void {
    this.counts.set(`${role} ${endpoint}`, this.at(role, endpoint) + 1);
  }

  /** The arms are gone, joined or left behind; the role counts on from the one that took most steps. */
  join(role: string, endpoint: string): void {
    const inner = `${role} ${endpoint === "" ? "" : `${endpoint}.`}`;
    let most = this.at(role, endpoint);
    for (const [key, count] of [...this.counts]) {
      if (!key.startsWith(inner) || key === `${role} ${endpoint}`) continue;
      most = Math.max(most, count);
      this.counts.delete(key);
    }
    this.counts.set(`${role} ${endpoint}`, most + 1);
  }
}

const ADVANCE: SessionInput = { kind: "advance" };

class Replay {
  readonly batches: ReplayInput[][] = [];
  private readonly steps = new Steps();

  /** What a role does by itself: one round to the next event each, with an answer where the world is asked. */
  silent(role: string, list: readonly Silent[]): readonly SessionInput[] {
    return list.flatMap((one): readonly SessionInput[] => {
      if (one.kind !== "performed") {
        if (one.kind === "entered") this.steps.take(role, one.endpoint);
        else this.steps.join(role, one.endpoint);
        return [ADVANCE];
      }
      const ref = { seat: role, endpoint: one.endpoint, step: this.steps.at(role, one.endpoint) };
      this.steps.take(role, one.endpoint);
      if (one.deed.kind === "await") return [{ kind: "decide", label: "done", ...ref }, ADVANCE];
      const value =
        one.deed.kind === "ask" ? sampleValue(one.deed.result.sort, one.deed.result.text) : undefined;
      return value === undefined ? [ADVANCE] : [{ kind: "payload", value, ...ref }, ADVANCE];
    });
  }

  /** Only this role moves, and only so far. */
  alone(role: string, inputs: readonly SessionInput[]): void {
    if (inputs.length > 0) this.batches.push([{ kind: "resume", role }, ...inputs, { kind: "pause", role }]);
  }

  /** Its clock runs out or a cancellation comes; then it leaves the scope. */
  private expire({ role, endpoint, edge, label, after }: TraceStep): void {
    const outcome = label === "cancel" ? "cancel" : "timeout";
    this.batches.push([{ kind: "expire", seat: role, endpoint, scope: edge, outcome }]);
    this.alone(role, this.silent(role, after));
  }

  step(step: TraceStep): void {
    const { role, endpoint } = step;
    // What was thrown away goes when its receiver leaves or looks.
    if (step.kind === "discard") return;
    if (step.kind === "interrupt") {
      this.alone(role, this.silent(role, step.after));
      return;
    }
    if (step.kind === "expire") {
      this.expire(step);
      return;
    }
    const ref = { seat: role, endpoint, step: this.steps.at(role, endpoint) };
    const inputs: SessionInput[] = [];
    if (step.among > 1) inputs.push({ kind: "decide", label: step.label, ...ref });
    const value = step.kind === "send" ? sampleValue(step.sort, step.payload) : undefined;
    if (value !== undefined) inputs.push({ kind: "payload", value, ...ref });
    this.steps.take(role, endpoint);
    this.alone(role, [...inputs, ADVANCE, ...this.silent(role, step.after)]);
  }
}

/**
 * A run as inputs that bring a session of the same protocol into the same
 * state, step by step: everybody is paused, one role at a time goes on, with
 * the decisions of the run and sample values for what is sent. The session
 * should be opened with `drive: "manual"`, a manual clock and decisions asked
 * for; {@link replayRun} hands the inputs in. Where one role has parallel arms,
 * the machine picks the arm, which may not be the one of the run.
 *
 * @example await replayRun(sessionInputs(fault, roles).batches, post);
 */
export const sessionInputs = ({ begins, trace }: Run, roles: readonly string[]): ReplayInputs => {
  const replay = new Replay();
  replay.batches.push(roles.map((role): SessionInput => ({ kind: "pause", role })));
  for (const role of roles) replay.alone(role, replay.silent(role, begins[role] ?? []));
  for (const step of trace) replay.step(step);
  replay.batches.push(roles.map((role): SessionInput => ({ kind: "resume", role })));
  return { batches: replay.batches.filter((batch) => batch.length > 0) };
};
