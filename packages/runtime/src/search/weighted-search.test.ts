import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type WeightedGraph, type WeightedQuery, weightedSearch } from "./weighted-search.ts";

type EdgeRow = readonly [from: number, to: number, cost: number];

const graphOf = (edges: readonly EdgeRow[], heuristic = (_: number) => 0): WeightedGraph<number> => ({
  successors: (node) => edges.filter(([from]) => from === node).map(([, to, cost]) => ({ to, cost })),
  heuristic,
});
const found = (edges: readonly EdgeRow[], query: WeightedQuery<number>) => {
  const searched = weightedSearch(graphOf(edges), query);
  if (!searched.ok) throw new Error(searched.error.kind);
  return searched.result;
};

/** Costs of all nodes, relaxed until nothing changes. */
const cheapest = (edges: readonly EdgeRow[], start: number): ReadonlyMap<number, number> => {
  const costs = new Map([[start, 0]]);
  for (let changed = true; changed; ) {
    changed = false;
    for (const [from, to, cost] of edges) {
      const over = costs.get(from);
      if (over === undefined || over + cost >= (costs.get(to) ?? Number.POSITIVE_INFINITY)) continue;
      costs.set(to, over + cost);
      changed = true;
    }
  }
  return costs;
};

describe("a weighted search", () => {
  it("finds the cheap way after the dear one, and says both", () => {
    const result = found(
      [
        [0, 1, 1],
        [1, 2, 1],
        [0, 2, 5],
      ],
      { start: 0, goals: [2] },
    );
    expect(result.best).toEqual({ cost: 2, path: [0, 1, 2] });
    expect(result.publications).toEqual([
      { cost: 5, path: [0, 2] },
      { cost: 2, path: [0, 1, 2] },
    ]);
    expect(result).toMatchObject({ contract: "Exact", termination: "Completed" });
  });

  it("takes the least of parents that cost the same", () => {
    const { parents, best } = found(
      [
        [0, 2, 1],
        [0, 1, 1],
        [2, 3, 1],
        [1, 3, 1],
      ],
      { start: 0, goals: [3] },
    );
    expect(parents.get(3)).toBe(1);
    expect(best?.path).toEqual([0, 1, 3]);
  });

  it("without goals, or with a width its profile does not allow, is refused", () => {
    const errorOf = (query: WeightedQuery<number>) => {
      const searched = weightedSearch(graphOf([]), query);
      return searched.ok ? undefined : searched.error.kind;
    };
    expect(errorOf({ start: 0, goals: [] })).toBe("EmptyAcceptedSet");
    expect(errorOf({ start: 0, goals: [1], width: 2 })).toBe("RequiresBatchWidthOne");
    expect(errorOf({ start: 0, goals: [1], width: 0 })).toBe("ZeroBatchWidth");
    expect(errorOf({ start: 0, goals: [1], width: 1, profile: "BatchedParallelExact" })).toBe(
      "RequiresBatchWidthGreaterThanOne",
    );
    expect(errorOf({ start: 0, goals: [1], profile: "BatchedParallelExact" })).toBeUndefined();
  });

  it("stops between batches at its budget, with the best so far", () => {
    const edges: readonly EdgeRow[] = [
      [0, 1, 1],
      [1, 2, 1],
      [0, 2, 5],
    ];
    expect(found(edges, { start: 0, goals: [2], maxBatches: 1 })).toMatchObject({
      best: { cost: 5 },
      batches: 1,
      contract: "BudgetedAnytime",
      termination: "SchedulerStepBudgetExhausted",
    });
    expect(found(edges, { start: 0, goals: [2], maxBatches: 0 }).best).toBeUndefined();
  });

  it("finds what relaxing every edge finds, whatever the graph, and the same under every profile", () => {
    const edge = fc.tuple(fc.nat(7), fc.nat(7), fc.integer({ min: 0, max: 9 }));
    fc.assert(
      fc.property(
        fc.array(edge, { maxLength: 30 }),
        fc.integer({ min: 1_000, max: 3_000 }),
        (edges, epsilonMilli) => {
          const costs = cheapest(edges, 0);
          for (const goal of [1, 5, 7]) {
            const result = found(edges, { start: 0, goals: [goal], epsilonMilli });
            expect(result.best?.cost).toBe(costs.get(goal));
            const batched = {
              start: 0,
              goals: [goal],
              epsilonMilli,
              profile: "BatchedParallelExact",
              width: 4,
            } as const;
            expect(found(edges, batched)).toEqual({ ...result, contract: "CertifiedWindowExact" });
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it("goes round no circle of edges that cost nothing", () => {
    const edges: readonly EdgeRow[] = [
      [0, 9, 1],
      [9, 5, 0],
      [5, 3, 0],
      [3, 5, 0],
      [3, 9, 0],
      [5, 7, 1],
    ];
    expect(found(edges, { start: 0, goals: [7] }).best).toEqual({ cost: 2, path: [0, 9, 5, 7] });
  });

  it("looks at less of the graph when it is told the way", () => {
    const grid = (heuristic: (node: number) => number): WeightedGraph<number> => ({
      successors: (node) =>
        [node + 1, node - 1].filter((to) => Math.abs(to) <= 50).map((to) => ({ to, cost: 1 })),
      heuristic,
    });
    const expansionsTo20 = (heuristic: (node: number) => number): number => {
      const searched = weightedSearch(grid(heuristic), { start: 0, goals: [20], maxBatches: 21 });
      return searched.ok && searched.result.best !== undefined ? searched.result.expansions : Number.NaN;
    };
    expect(expansionsTo20((node) => Math.abs(20 - node))).toBeLessThan(expansionsTo20(() => 0));
  });
});
