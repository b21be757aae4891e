/** How often an operation is tried and how long each try may take; ms. */
export interface RetryPolicy {
  readonly maxAttempts: number;
  readonly operationTimeout: number;
  readonly baseDelay: number;
  readonly maxDelay: number;
  /** How much of the delay may be added at random, 0 to 1. */
  readonly jitter: number;
}

export const defaultRetryPolicy: RetryPolicy = {
  maxAttempts: 3,
  operationTimeout: 10_000,
  baseDelay: 100,
  maxDelay: 30_000,
  jitter: 0.1,
};

export type RetryError =
  | {
      readonly code: "PAR8801";
      readonly variant: "MaxRetriesExceeded";
      readonly attempts: number;
      readonly last: string;
    }
  | { readonly code: "PAR8802"; readonly variant: "NotRetryable"; readonly cause: string };

/** Where an operation stands; a fold of what happened to it. Times are session time, ms. */
export type RetryState =
  | { readonly kind: "running"; readonly attempt: number; readonly until: number }
  | { readonly kind: "waiting"; readonly attempt: number; readonly until: number; readonly cause: string }
  | { readonly kind: "succeeded"; readonly attempts: number }
  | { readonly kind: "failed"; readonly error: RetryError };

/** What happened. `random` is a number of [0, 1) from the random port: a recorded read, never made here. */
export type RetryEvent =
  | { readonly kind: "succeeded" }
  | {
      readonly kind: "failed";
      readonly cause: string;
      readonly retryable: boolean;
      readonly random: number;
    }
  /** The clock reads this. `random` as above, for the try that ran out of time. */
  | { readonly kind: "clock"; readonly random: number };

export const startRetry = (policy: RetryPolicy, at: number): RetryState => ({
  kind: "running",
  attempt: 0,
  until: at + policy.operationTimeout,
});

/** `baseDelay · 2^attempt`, and up to a `jitter` part of it more; never longer than `maxDelay`. */
export const retryDelay = (policy: RetryPolicy, attempt: number, random: number): number =>
  Math.min(Math.trunc(policy.baseDelay * 2 ** attempt * (1 + policy.jitter * random)), policy.maxDelay);

const failed = (
  policy: RetryPolicy,
  attempt: number,
  cause: string,
  random: number,
  at: number,
): RetryState =>
  attempt + 1 >= policy.maxAttempts
    ? {
        kind: "failed",
        error: { code: "PAR8801", variant: "MaxRetriesExceeded", attempts: attempt + 1, last: cause },
      }
    : { kind: "waiting", attempt, until: at + retryDelay(policy, attempt, random), cause };

/** The cause of a try that was given up. */
export const TRY_TIMED_OUT = "the operation timed out";

/** One step of the fold. What comes when nothing is expected changes nothing. */
export const stepRetry = (
  policy: RetryPolicy,
  state: RetryState,
  event: RetryEvent,
  at: number,
): RetryState => {
  if (state.kind === "waiting" && event.kind === "clock" && at >= state.until)
    return { kind: "running", attempt: state.attempt + 1, until: at + policy.operationTimeout };
  if (state.kind !== "running") return state;
  switch (event.kind) {
    case "succeeded":
      return { kind: "succeeded", attempts: state.attempt + 1 };
    case "failed":
      return event.retryable
        ? failed(policy, state.attempt, event.cause, event.random, at)
        : { kind: "failed", error: { code: "PAR8802", variant: "NotRetryable", cause: event.cause } };
    case "clock":
      return at >= state.until ? failed(policy, state.attempt, TRY_TIMED_OUT, event.random, at) : state;
  }
};
