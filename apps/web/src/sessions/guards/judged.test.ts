import type { EntryJson } from "@parley/wire/http";
import { expect, test } from "vitest";
import { judgedFor, judgedIn, lastOf, laterOf } from "./judged.ts";

const entry = (seq: number, reads: EntryJson["reads"]): EntryJson => ({
  seq,
  at: 0,
  commit: seq,
  hash: "0".repeat(64),
  actor: { kind: "operator", id: "o" },
  input: { kind: "advance" },
  reads,
  events: [],
  effects: [],
  protocolHash: "0".repeat(64),
  stateHash: "0".repeat(64),
});

const guard = (role: string, edgeId: string, before: number, after: number, allow = true) => ({
  kind: "guard",
  role,
  edgeId,
  label: edgeId,
  verdicts: [
    { guard: "capability", allow: true, read: {} },
    { guard: "flow", allow, before, after, read: {} },
  ],
});

const log = [
  entry(1, [guard("A", "ask", 1000, 600)]),
  entry(2, []),
  entry(3, [
    { ...guard("B", "free", 0, 0), verdicts: [] },
    guard("B", "tell#1", 50, 40),
    guard("A", "ask", 600, 200),
  ]),
  entry(4, [guard("A", "ask", 200, 200, false)]),
];
const judged = judgedIn(log);

test("what a message took is what its budget lost; a denied one took nothing, a free one is not told", () => {
  expect(judged.map(({ seq, index, role, allow, cost }) => [seq, index, role, allow, cost])).toEqual([
    [1, 0, "A", true, 400],
    [3, 0, "B", true, 10],
    [3, 1, "A", true, 400],
    [4, 0, "A", false, 0],
  ]);
});

test("a selection means the message of its position, else the last of its statement up to it", () => {
  const of = (looked: Parameters<typeof judgedFor>[1]) => {
    const found = judgedFor(judged, looked);
    return found && [found.seq, found.edge];
  };
  expect(of({ edge: "ask", seq: 3 })).toEqual([3, "ask"]);
  expect(of({ edge: "tell", seq: 3 })).toEqual([3, "tell#1"]);
  expect(of({ edge: "ask", seq: 2 })).toEqual([1, "ask"]);
  expect(of({ edge: "ask" })).toEqual([4, "ask"]);
  expect(of({ seq: 3 })).toEqual([3, "tell#1"]);
  expect(of({})).toEqual([4, "ask"]);
  expect(of({ edge: "never" })).toBeUndefined();
});

test("what a denied message went on as is the next of its statement that was allowed", () => {
  const [first, , , denied] = judged;
  if (first === undefined || denied === undefined) throw new Error("not judged");
  expect(laterOf(judged, first)?.seq).toBe(3);
  expect(laterOf(judged, denied)).toBeUndefined();
});

test("the last word on a role is its own", () => {
  expect(lastOf(judged, "B")?.seq).toBe(3);
  expect(lastOf(judged, "C")).toBeUndefined();
});
