import type { TokenError } from "@parley/runtime/identity";

/** Bounds of one evaluation (spec/aura-state.md §14). */
export interface BiscuitLimits {
  readonly facts: number;
  readonly iterations: number;
  readonly ms: number;
}

/** A check of a token that failed. */
export interface FailedCheck {
  readonly block: number;
  readonly check: string;
}

/** What the library threw, read: an error, or a denial with the checks that failed. */
export type BiscuitFailure =
  | { readonly kind: "error"; readonly error: TokenError }
  | { readonly kind: "denied"; readonly failed: readonly FailedCheck[] };

type Json = { readonly [key: string]: unknown };

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const inside = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), value);

const malformed = (detail: string): BiscuitFailure => ({
  kind: "error",
  error: { code: "malformed", detail },
});

const runLimit = (limit: unknown, limits: BiscuitLimits): BiscuitFailure => {
  switch (limit) {
    case "TooManyFacts":
      return { kind: "error", error: { code: "limit", limit: "facts", max: limits.facts } };
    case "TooManyIterations":
      return { kind: "error", error: { code: "limit", limit: "iterations", max: limits.iterations } };
    case "Timeout":
      return { kind: "error", error: { code: "time-out", ms: limits.ms, retryable: true } };
    default:
      return malformed("the evaluation did not end");
  }
};

const failedCheck = (value: unknown): FailedCheck | undefined => {
  const block = inside(value, "Block", "block_id");
  const check = inside(value, "Block", "rule");
  return typeof block === "number" && typeof check === "string" ? { block, check } : undefined;
};

const failedChecks = (checks: readonly unknown[]): BiscuitFailure => {
  const failed = checks.map(failedCheck).filter((one) => one !== undefined);
  return failed.length === checks.length
    ? { kind: "denied", failed }
    : malformed("a check failed that is in no block");
};

const formatError = (format: unknown, root: string): BiscuitFailure => {
  if (inside(format, "Signature") !== undefined)
    return { kind: "error", error: { code: "foreign-root", root } };
  const version = inside(format, "Version", "actual");
  return typeof version === "number"
    ? { kind: "error", error: { code: "unknown-version", version } }
    : malformed("not a Biscuit");
};

/**
 * Reads what the library throws. Whatever is not known to be a denial is an
 * error, and nothing here allows.
 */
export const readBiscuitFailure = (thrown: unknown, root: string, limits: BiscuitLimits): BiscuitFailure => {
  const limit = inside(thrown, "RunLimit");
  if (limit !== undefined) return runLimit(limit, limits);
  for (const outcome of ["Unauthorized", "NoMatchingPolicy"]) {
    const checks = inside(thrown, "FailedLogic", outcome, "checks");
    if (Array.isArray(checks)) return failedChecks(checks);
  }
  const format = inside(thrown, "Format");
  return format === undefined ? malformed("not a Biscuit") : formatError(format, root);
};
