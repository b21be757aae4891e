/**
 * How large a tree would be if written out. Continuations are shared between
 * the arms of a choice, so the tree is small in memory where its rendering can
 * be exponential; `cost` tells before anything is written.
 */
export interface Cost {
  /** Nodes other than ends. */
  readonly nodes: number;
  /** Leaves where a continuation would be put. */
  readonly ends: number;
  readonly depth: number;
}

export const noCost: Cost = { nodes: 0, ends: 1, depth: 0 };

/** One node above all of `parts`, which stand beside each other. */
export const above = (parts: readonly Cost[]): Cost => ({
  nodes: parts.reduce((sum, part) => sum + part.nodes, 1),
  ends: parts.reduce((sum, part) => sum + part.ends, 0),
  depth: parts.reduce((most, part) => Math.max(most, part.depth), 0) + 1,
});

/** `next` put at every end of `first`. */
export const sequence = (first: Cost, next: Cost): Cost => ({
  nodes: first.nodes + first.ends * next.nodes,
  ends: first.ends * next.ends,
  depth: first.depth + next.depth,
});

/** `body` laid out `count` times; stops counting once beyond any limit of use. */
export const repeated = (body: Cost, count: number): Cost => {
  let total = noCost;
  for (let i = 0; i < count && total.ends > 0 && total.nodes <= REFERENCE_LIMITS.nodes; i += 1) {
    if (body.nodes === 0) break;
    total = sequence(total, body);
  }
  return total;
};

/** Beyond these a tree is not rendered: the form is nested JSON, written once for every role. */
export const REFERENCE_LIMITS = { nodes: 20_000, depth: 1_000, nodesTimesRoles: 2_000_000 } as const;

export const withinLimits = (cost: Cost): boolean =>
  cost.nodes <= REFERENCE_LIMITS.nodes && cost.depth <= REFERENCE_LIMITS.depth;
