import type { SessionSummary } from "@parley/wire/http";
import { expect, test } from "vitest";
import { view } from "../test-session.ts";
import { branchTree } from "./branch-tree.ts";
import { eventAt } from "./event-at.ts";
import { shownPositions, staysIn } from "./focus.ts";

const session = (id: string, head: number, parent?: string, at = 0): SessionSummary => ({
  ...view({ id, head }),
  parent: parent === undefined ? null : { id: parent, at },
});

test("a family of branches is drawn from its first ancestor, each below its parent in the order it left", () => {
  const all = [
    session("late", 30, "root", 9),
    session("other", 5),
    session("early", 12, "root", 4),
    session("root", 20),
    session("deep", 8, "early", 7),
  ];
  const drawn = branchTree(all, "deep").map(({ session: { id }, line, from, start, end }) => [
    id,
    line,
    from,
    start,
    end,
  ]);
  expect(drawn).toEqual([
    ["root", 0, undefined, 0, 20],
    ["early", 1, 0, 4, 12],
    ["deep", 2, 1, 7, 8],
    ["late", 3, 0, 9, 30],
  ]);
  expect(branchTree(all, "gone")).toEqual([]);
});

test("while folded only the causal past stays, and what lies before what was looked at", () => {
  const focus = { session: "s", seq: 9, text: "", past: [5, 7, 9], from: 5 };
  expect([3, 5, 6, 9, 10].map(staysIn(focus))).toEqual([true, true, false, true, false]);
  expect(shownPositions(focus, 8)).toEqual([0, 1, 2, 3, 4, 5, 7]);
});

test("a selection means the event it names, that of its statement, or the first that tells something", () => {
  const events = [{ kind: "invoked" }, { kind: "sent", edgeId: "1" }, { kind: "received", edgeId: "0" }];
  const entry = { events } as never;
  expect(eventAt(entry, "0", undefined)).toBe(2);
  expect(eventAt(entry, "0", 0)).toBe(0);
  expect(eventAt(entry, undefined, undefined)).toBe(1);
  expect(eventAt({ events: [] } as never, undefined, undefined)).toBeUndefined();
});
