/** How long to wait before trying again; times in ms, attempts from 0 (spec/aura-protocols.md §15.4). */
export type Backoff =
  | { readonly kind: "fixed"; readonly delay: number; readonly max: number }
  | { readonly kind: "linear"; readonly delay: number; readonly max: number }
  | { readonly kind: "exponential"; readonly delay: number; readonly max: number }
  /** Jitter that follows from the attempt alone, where nothing random may be asked. */
  | { readonly kind: "exponentialWithJitter"; readonly delay: number; readonly max: number };

/**
 * The wait before a further attempt, never more than `max`.
 *
 * @example backoffDelay({ kind: "exponentialWithJitter", delay: 100, max: 30_000 }, 3) // 824
 */
export const backoffDelay = (backoff: Backoff, attempt: number): number => {
  const { delay, max } = backoff;
  switch (backoff.kind) {
    case "fixed":
      return Math.min(delay, max);
    case "linear":
      return Math.min(delay * (attempt + 1), max);
    case "exponential":
      return Math.min(delay * 2 ** attempt, max);
    case "exponentialWithJitter": {
      const base = delay * 2 ** attempt;
      return Math.min(base + Math.trunc(base * 0.1 * ((attempt * 0.1) % 1)), max);
    }
  }
};

/** Why a backoff cannot be. */
export const backoffProblem = ({ delay, max }: Backoff): string | undefined => {
  if (!(delay > 0)) return "the first delay must be more than zero";
  return max < delay ? "the longest delay is shorter than the first" : undefined;
};
