import type { TokenView } from "@parley/wire/http";

/** A token with its place among those made from one another. */
export interface LineageLine<T = TokenView> {
  readonly token: T;
  /** 0 for one that was issued, one more for each attenuation. */
  readonly depth: number;
}

/**
 * Tokens as a tree in lines: each before those attenuated from it. One whose
 * parent is not among them stands as if issued.
 */
export const tokenLineage = <T extends { readonly id: string; readonly parent: string | null }>(
  tokens: readonly T[],
): readonly LineageLine<T>[] => {
  const known = new Set(tokens.map(({ id }) => id));
  const byParent = Map.groupBy(tokens, ({ parent }) =>
    parent !== null && known.has(parent) ? parent : null,
  );
  const lines: LineageLine<T>[] = [];
  const walk = (parent: string | null, depth: number): void => {
    for (const token of byParent.get(parent) ?? []) {
      lines.push({ token, depth });
      walk(token.id, depth + 1);
    }
  };
  walk(null, 0);
  return lines;
};
