import type { SessionSummary } from "@parley/wire/http";
import { expect, test } from "vitest";
import { sessionTree } from "./session-tree.ts";
import { view } from "./test-session.ts";

const session = (id: string, updatedAt: number, parent?: [string, number]): SessionSummary => ({
  ...view({}),
  id,
  title: `Session ${id}`,
  updatedAt,
  parent: parent ? { id: parent[0], at: parent[1] } : null,
});

const all = [
  session("old", 1),
  session("new", 9),
  session("late", 2, ["old", 12]),
  session("early", 3, ["old", 4]),
  session("deep", 4, ["early", 6]),
];
const shape = (lines: ReturnType<typeof sessionTree>) =>
  lines.map(({ session: { id }, depth }) => `${"-".repeat(depth)}${id}`);

test("newest first, branches under their parent in the order they left it", () => {
  expect(shape(sessionTree(all, {}))).toEqual(["new", "old", "-early", "--deep", "-late"]);
});

test("a branch is still found when its parent does not fit", () => {
  expect(shape(sessionTree(all, { q: "DEEP" }))).toEqual(["deep"]);
});

test("protocol and status narrow, and together", () => {
  expect(sessionTree(all, { protocol: "p", status: "active" })).toHaveLength(5);
  expect(sessionTree(all, { protocol: "other" })).toEqual([]);
  expect(sessionTree(all, { status: "completed" })).toEqual([]);
});
