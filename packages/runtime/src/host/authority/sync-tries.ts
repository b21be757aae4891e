import type { ContextInput } from "@parley/wire";
import type { PairResilience } from "@parley/wire/http";
import {
  admitSync,
  type SyncPair,
  stepSyncPair,
  syncDue,
  syncPolicy,
  UNREACHABLE,
} from "../../services/index.ts";
import type { HostCore } from "../core.ts";
import type { HostError } from "../host-error.ts";
import { type ContextState, pairName } from "../streams/context-state.ts";

type Tried = Extract<ContextInput, { readonly kind: "sync.tried" }>;

interface Pair {
  readonly requester: string;
  readonly responder: string;
}

/** Under which name the next try of a pair is kept. */
export const syncDeadline = (context: string, { requester, responder }: Pair): string =>
  `sync:${JSON.stringify([context, requester, responder])}`;

/** The context and pair such a name stands for. */
export const syncOfDeadline = (name: string): (Pair & { readonly context: string }) | undefined => {
  if (!name.startsWith("sync:")) return undefined;
  const [context, requester, responder] = JSON.parse(name.slice(5)) as readonly [string, string, string];
  return { context, requester, responder };
};

const draw = (core: Pick<HostCore, "random">): number => {
  const [high = 0, low = 0] = core.random.bytes(2);
  return (high * 256 + low) % 1_000;
};

/** Why the breaker of a pair refuses a try now; nothing is tried then. */
export const breakerError = (
  { pairs }: Pick<ContextState, "pairs">,
  { requester, responder }: Pair,
  at: number,
): HostError | undefined => {
  const admitted = admitSync(pairs.get(pairName(requester, responder)), at);
  if (admitted.ok) return undefined;
  const { until } = admitted.error;
  const error = { code: "PAR8803", kind: "breaker-open", requester, responder } as const;
  return until === undefined ? error : { ...error, until };
};

/** What a try adds to the context: nothing of one that went well and never failed before. */
export const triedInputs = (
  core: Pick<HostCore, "random">,
  { pairs }: Pick<ContextState, "pairs">,
  { requester, responder }: Pair,
  outcome: Tried["outcome"],
  at: number,
): readonly Tried[] => {
  const known = pairs.get(pairName(requester, responder));
  if (outcome === "succeeded" && known === undefined) return [];
  const tried = { kind: "sync.tried", requester, responder, outcome, random: draw(core) } as const;
  const due = syncDue(stepSyncPair(known, tried, at));
  return [due === undefined ? tried : { ...tried, due }];
};

/** Notes when the pairs of a context are tried again. */
export const noteSyncDeadlines = (
  core: Pick<HostCore, "serviceDeadlines">,
  { stream, pairs }: Pick<ContextState, "stream" | "pairs">,
): void => {
  for (const pair of pairs.values()) core.serviceDeadlines.set(syncDeadline(stream, pair), syncDue(pair));
};

const retryView = (pair: SyncPair): PairResilience["retry"] => {
  const { retry } = pair;
  const { maxAttempts } = syncPolicy.retry;
  const next = syncDue(pair) ?? null;
  switch (retry.kind) {
    case "running":
    case "waiting":
      return { state: "waiting", attempts: retry.attempt + 1, maxAttempts, next, cause: UNREACHABLE };
    case "succeeded":
      return { state: "succeeded", attempts: retry.attempts, maxAttempts, next: null, cause: null };
    case "failed": {
      const { error } = retry;
      return error.variant === "MaxRetriesExceeded"
        ? { state: "failed", attempts: error.attempts, maxAttempts, next: null, cause: error.last }
        : { state: "failed", attempts: 1, maxAttempts, next: null, cause: error.cause };
    }
  }
};

/** Retry and breaker of every pair that ever failed, as pages show them. */
export const resilienceView = ({ pairs }: Pick<ContextState, "pairs">): PairResilience[] =>
  [...pairs.values()].map((pair) => {
    const { requester, responder, breaker } = pair;
    const { failureThreshold, recoveryTimeout, testThreshold } = syncPolicy.breaker;
    const openedAt = breaker.kind === "Open" ? breaker.openedAt : null;
    return {
      requester,
      responder,
      retry: retryView(pair),
      breaker: {
        state: breaker.kind,
        failureCount: breaker.kind === "Closed" ? breaker.failureCount : 0,
        openedAt,
        until: openedAt === null ? null : openedAt + recoveryTimeout,
        testRequests: breaker.kind === "HalfOpen" ? breaker.testRequests : 0,
        failureThreshold,
        testThreshold,
      },
    };
  });
