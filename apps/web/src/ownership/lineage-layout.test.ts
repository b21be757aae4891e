import { describe, expect, test } from "vitest";
import { lineageLayout } from "./lineage-layout.ts";
import { scopeWords, staleWords } from "./ownership-data.ts";

const node = (id: string, owner: string, generation: number, current = false) => ({
  id,
  owner,
  name: owner.toUpperCase(),
  generation,
  scope: { kind: "session" as const },
  seq: generation === 1 ? null : generation * 10,
  at: null,
  current,
});
const edge = (from: string, to: string) => ({
  from,
  to,
  bundle: "device_migration",
  context: "ctx:s",
  seq: 1,
  at: 1,
  receipt: "0".repeat(64),
  verified: true,
});
const lineage = {
  nodes: [node("1", "ada", 1), node("2", "bea", 2), node("3", "ada", 3, true)],
  edges: [edge("1", "2"), edge("2", "3")],
};

describe("a drawn lineage", () => {
  test("an authority that gets the session back keeps its lane", () => {
    const { lanes, arrows, stays, rows } = lineageLayout(lineage);
    expect(lanes.map(({ owner }) => owner)).toEqual(["ada", "bea"]);
    expect(lanes[0]?.current).toBe(true);
    expect(arrows.map(({ from, to, generation }) => [from, to, generation])).toEqual([
      [0, 1, 2],
      [1, 0, 3],
    ]);
    expect(stays).toEqual([
      { lane: 0, from: 0, to: 1, current: false },
      { lane: 1, from: 1, to: 2, current: false },
      { lane: 0, from: 2, to: rows, current: true },
    ]);
  });

  test("a session that was never handed over is one stay", () => {
    const { arrows, stays, rows } = lineageLayout({ nodes: [node("1", "ada", 1, true)], edges: [] });
    expect(arrows).toEqual([]);
    expect(stays).toEqual([{ lane: 0, from: 0, to: rows, current: true }]);
  });
});

describe("a stale owner reads who owns it now", () => {
  const view = { lineage } as never;
  test("since when, and nothing where what is presented is the present one", () => {
    expect(staleWords(view, { owner: "bea", generation: 2 })).toBe(
      "You held generation 2, the session is at 3 and belongs to ADA since ADA took over at #30.",
    );
    expect(staleWords(view, { owner: "ada", generation: 1 })).toContain("You presented generation 1");
    expect(staleWords(view, { owner: "ada", generation: 3 })).toBeUndefined();
  });

  test("scopes are told in words", () => {
    expect(scopeWords({ kind: "session" })).toBe("the whole session");
    expect(scopeWords({ kind: "fragments", keys: ["bundle:a", "bundle:b"] })).toContain("bundle:a, bundle:b");
  });
});
