import {
  type Admitted,
  admitRequest,
  type BreakerPolicy,
  type CircuitState,
  closedCircuit,
  defaultBreakerPolicy,
  settleRequest,
} from "./circuit-breaker.ts";
import { type RetryPolicy, type RetryState, startRetry, stepRetry } from "./retry.ts";

/** How often synchronising two replicas is tried by itself (spec/aura-protocols.md §15.4), and when it is given up for a while. */
export const syncPolicy: { readonly retry: RetryPolicy; readonly breaker: BreakerPolicy } = {
  retry: { maxAttempts: 3, operationTimeout: 10_000, baseDelay: 500, maxDelay: 30_000, jitter: 0.1 },
  breaker: defaultBreakerPolicy,
};

/** Retry and breaker of one pair of replicas; the fold of what was tried. */
export interface SyncPair {
  readonly requester: string;
  readonly responder: string;
  readonly retry: RetryState;
  readonly breaker: CircuitState;
}

/** One try: `random` is 0 to 999, a recorded read. */
export interface SyncTry {
  readonly requester: string;
  readonly responder: string;
  readonly outcome: "succeeded" | "unreachable";
  readonly random: number;
}

/** The cause of a try between replicas of different groups. */
export const UNREACHABLE = "they do not reach each other";

/** A try begins: the next attempt of what waits, else the first of a new operation. */
const begun = (state: RetryState | undefined, at: number): RetryState => {
  if (state?.kind === "running") return state;
  if (state?.kind !== "waiting") return startRetry(syncPolicy.retry, at);
  return { kind: "running", attempt: state.attempt + 1, until: at + syncPolicy.retry.operationTimeout };
};

/** The pair after a try at a time, ms. */
export const stepSyncPair = (pair: SyncPair | undefined, tried: SyncTry, at: number): SyncPair => {
  const { requester, responder, outcome, random } = tried;
  const succeeded = outcome === "succeeded";
  const retry = stepRetry(
    syncPolicy.retry,
    begun(pair?.retry, at),
    succeeded
      ? { kind: "succeeded" }
      : { kind: "failed", cause: UNREACHABLE, retryable: true, random: random / 1_000 },
    at,
  );
  const before = pair?.breaker ?? closedCircuit;
  const admitted = admitRequest(syncPolicy.breaker, before, at);
  const breaker = settleRequest(syncPolicy.breaker, admitted.ok ? admitted.state : before, succeeded, at);
  return { requester, responder, retry, breaker };
};

/** Whether the breaker lets a try through now. */
export const admitSync = (pair: SyncPair | undefined, at: number): Admitted =>
  admitRequest(syncPolicy.breaker, pair?.breaker ?? closedCircuit, at);

/** When it is tried again by itself: not before the breaker lets a probe through. */
export const syncDue = ({ retry, breaker }: SyncPair): number | undefined => {
  if (retry.kind !== "waiting") return undefined;
  const open = breaker.kind === "Open" ? breaker.openedAt + syncPolicy.breaker.recoveryTimeout : 0;
  return Math.max(retry.until, open);
};
