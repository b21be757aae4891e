import { expect, test } from "vitest";
import { treeLayout } from "./tree-layout.ts";

const leaf = (n: number) => ({
  leaf: n,
  role: "Device" as const,
  publicKey: "00".repeat(32),
  device: `d${n}`,
});
const layout = (count: number, threshold: number) =>
  treeLayout({ threshold, leaves: Array.from({ length: count }, (_, n) => leaf(n)) });

test("every leaf has a place of its own, and every node but the root one parent", () => {
  for (const count of [1, 2, 3, 5, 8]) {
    const { nodes, edges, width } = layout(count, 1);
    const leaves = nodes.filter((node) => node.leaf !== null);
    expect(leaves.map(({ x }) => x)).toEqual(Array.from({ length: count }, (_, n) => n));
    expect(edges).toHaveLength(nodes.length - 1);
    expect(width).toBe(count);
  }
});

test("a branch says how many of the leaves below it must sign", () => {
  const policies = (count: number, threshold: number) =>
    layout(count, threshold)
      .nodes.filter(({ policy }) => policy !== null)
      .toSorted((a, b) => a.y - b.y || a.x - b.x)
      .map(({ policy }) => policy);
  expect(policies(4, 2)).toEqual(["2 of 4", "all 2", "all 2"]);
  expect(policies(3, 1)).toEqual(["any of 3", "any of 2", "the one"]);
  expect(policies(2, 5)).toEqual(["all 2"]);
  expect(policies(1, 1)).toEqual(["the one"]);
});

test("nothing is drawn of a tree without leaves", () => {
  expect(layout(0, 1)).toEqual({ nodes: [], edges: [], width: 0, height: 0 });
});
