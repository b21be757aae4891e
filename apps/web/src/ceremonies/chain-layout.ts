import type { SupersessionLinkJson } from "@parley/wire/http";

/** A ceremony in a drawn chain: a row each, oldest first, in a lane beside those it has nothing to do with. */
export interface ChainRow {
  readonly id: string;
  readonly lane: number;
  /** What took its place, and why; undefined for the one that stands. */
  readonly replaced: SupersessionLinkJson | undefined;
  /** Row of what took its place. */
  readonly to: number | undefined;
}

export interface ChainLayout {
  readonly rows: readonly ChainRow[];
  readonly lanes: number;
}

/**
 * Lays out a chain of supersessions of any length, several into one as well:
 * whoever was replaced stands above who replaced them; the latest of several
 * goes straight on, the others come in from lanes of their own.
 */
export const chainLayout = (id: string, links: readonly SupersessionLinkJson[]): ChainLayout => {
  const replacedBy = new Map(links.map((link) => [link.old, link]));
  const olds = Map.groupBy(links, ({ by }) => by);
  const tips = [...new Set([...links.map(({ by }) => by), ...(links.length === 0 ? [id] : [])])].filter(
    (one) => !replacedBy.has(one),
  );
  const found: { readonly id: string; readonly lane: number }[] = [];
  const seen = new Set<string>();
  let lanes = 0;
  // From what stands back to what was first; turned round at the end.
  const stack = tips.sort().map((tip) => ({ id: tip, lane: lanes++ }));
  while (stack.length > 0) {
    const here = stack.pop();
    if (here === undefined || seen.has(here.id)) continue;
    seen.add(here.id);
    found.push(here);
    const before = [...(olds.get(here.id) ?? [])].sort((a, b) => a.at - b.at || (a.old < b.old ? -1 : 1));
    const straight = before.at(-1);
    for (const link of before.slice(0, -1)) stack.push({ id: link.old, lane: lanes++ });
    if (straight) stack.push({ id: straight.old, lane: here.lane });
  }
  found.reverse();
  const rowOf = new Map(found.map((one, at) => [one.id, at]));
  return {
    lanes: Math.max(1, lanes),
    rows: found.map(({ id: own, lane }) => {
      const replaced = replacedBy.get(own);
      return { id: own, lane, replaced, to: replaced && rowOf.get(replaced.by) };
    }),
  };
};
