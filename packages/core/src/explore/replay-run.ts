import type { SessionInput } from "@parley/wire";
import type { ReplayInput } from "./session-inputs.ts";

/** A timer that runs in a session, as its view lists it under what may happen next. Deadlines are session time, ms. */
export interface RunningTimer {
  readonly id: string;
  readonly seat: string;
  readonly endpoint: string;
  readonly scope: string;
  readonly deadline: number;
  readonly cancellable: boolean;
}

/** How far a run was taken. */
export type Replayed =
  | { readonly kind: "done" }
  /** Another timeout would run out first, or at the same time; `batch` was not asked for any more. */
  | { readonly kind: "earlier"; readonly batch: number; readonly scope: string; readonly first: string }
  /** The session has no such timer. */
  | { readonly kind: "noTimer"; readonly batch: number; readonly scope: string };

type Expire = Extract<ReplayInput, { kind: "expire" }>;

/**
 * The input that ends a scope now: a cancellation, or the clock at its
 * deadline. The clock is the session's own, so a timer that is due no later
 * goes off as well; harmless only where it runs within the scope that is left.
 */
const inputFor = (
  expire: Expire,
  timers: readonly RunningTimer[],
): SessionInput | "noTimer" | { readonly first: string } => {
  const { seat, endpoint, scope, outcome } = expire;
  const own = timers.find((one) => one.seat === seat && one.endpoint === endpoint && one.scope === scope);
  if (own === undefined) return "noTimer";
  if (outcome === "cancel") return { kind: "cancel", reason: "as in the run", scope: own.id };
  const first = timers.find(
    ({ id, deadline }) => id !== own.id && deadline <= own.deadline && !id.startsWith(`${own.id}/`),
  );
  return first === undefined ? { kind: "clock", at: own.deadline } : { first: first.scope };
};

/** How a session is asked: over HTTP, or in the same process. */
export interface RunPort {
  /** Hands in one batch, all or nothing. */
  readonly post: (inputs: readonly SessionInput[]) => Promise<unknown>;
  /** The timers that run now; only asked before a time runs out. */
  readonly timers: () => Promise<readonly RunningTimer[]>;
}

/**
 * Asks a session for the inputs of a run, batch by batch. The session must have
 * a manual clock when the run lets a time run out. What `post` throws, it
 * throws.
 *
 * @example await replayRun(sessionInputs(fault, roles).batches, { post, timers })
 */
export const replayRun = async (
  batches: readonly (readonly ReplayInput[])[],
  { post, timers }: RunPort,
): Promise<Replayed> => {
  for (const [batch, asked] of batches.entries()) {
    const inputs: SessionInput[] = [];
    for (const one of asked) {
      if (one.kind !== "expire") {
        inputs.push(one);
        continue;
      }
      const { scope } = one;
      const input = inputFor(one, await timers());
      if (input === "noTimer") return { kind: "noTimer", batch, scope };
      if ("first" in input) return { kind: "earlier", batch, scope, first: input.first };
      inputs.push(input);
    }
    await post(inputs);
  }
  return { kind: "done" };
};
