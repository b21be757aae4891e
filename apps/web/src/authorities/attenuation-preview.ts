import type { AttenuateTokenRequest, TokenAnswerView, TokenView } from "@parley/wire/http";

type Check = AttenuateTokenRequest["checks"][number];

/** What a narrower token would no longer allow of what the old one does. */
export interface AttenuationPreview {
  /** Capabilities it loses everywhere. */
  readonly lost: readonly string[];
  /** Those it keeps, within the conditions. */
  readonly kept: readonly string[];
  /** Where and when even those stop. */
  readonly conditions: readonly string[];
}

const condition = (check: Check, say: (ms: number) => string): readonly string[] => {
  switch (check.kind) {
    case "capabilities":
      return [];
    case "context":
      return [`nothing outside of ${check.context}`];
    case "expires":
      return [`nothing from ${say(check.at)} on`];
    case "operation":
      return [`of storage only to ${check.operation} what begins with “${check.prefix}”`];
  }
};

/**
 * What checks take away, before they are made: the server has said what the
 * token allows now; a list of capabilities keeps only what is in it; the rest
 * are conditions on all that is kept.
 */
export const attenuationPreview = (
  allows: readonly Pick<TokenAnswerView, "capability" | "allowed">[],
  scope: TokenView["scope"],
  checks: readonly Check[],
  say: (ms: number) => string,
): AttenuationPreview => {
  const now = allows.filter(({ allowed }) => allowed).map(({ capability }) => capability);
  const elsewhere = checks.some(
    (check) => check.kind === "context" && scope.kind === "context" && scope.context !== check.context,
  );
  const lists = checks.flatMap((check) => (check.kind === "capabilities" ? [new Set(check.only)] : []));
  const kept = elsewhere ? [] : now.filter((name) => lists.every((list) => list.has(name)));
  const held = new Set(kept);
  return {
    lost: now.filter((name) => !held.has(name)),
    kept,
    conditions: checks.flatMap((check) => condition(check, say)),
  };
};
