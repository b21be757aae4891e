import type { PairResilience } from "@parley/wire/http";

/** How the tries of a pair stand, as a sentence. */
export const retryWords = ({ state, attempts, maxAttempts, cause }: PairResilience["retry"]): string => {
  switch (state) {
    case "waiting":
      return `Try ${attempts} of ${maxAttempts} failed: ${cause ?? "no reason"}`;
    case "failed":
      return `Given up after ${attempts} of ${maxAttempts} tries: ${cause ?? "no reason"}`;
    case "succeeded":
      return attempts === 1 ? "Went well at once" : `Went well at try ${attempts}`;
  }
};

/** Why a breaker stands where it does, as a sentence. */
export const breakerWords = ({
  state,
  failureCount,
  failureThreshold,
  testRequests,
  testThreshold,
}: PairResilience["breaker"]): string => {
  switch (state) {
    case "Closed":
      return `Closed: ${failureCount} of ${failureThreshold} failures in a row`;
    case "Open":
      return "Open: tries are refused at once";
    case "HalfOpen":
      return `Half open: ${testRequests} of ${testThreshold} probes let through`;
  }
};

/** Every two replicas, each once. */
export const pairsOf = (authorities: readonly string[]): readonly (readonly [string, string])[] =>
  authorities.flatMap((one, at) => authorities.slice(at + 1).map((other) => [one, other] as const));
