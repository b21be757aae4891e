import { describe, expect, test } from "vitest";
import { view } from "../test-session.ts";
import { lateWords, operationRows, type Watch } from "./operation-rows.ts";
import { operationAt, operationStatements } from "./operation-statements.ts";
import { progressClock } from "./progress-clock.ts";

const move = (seq: number, state: string) => ({ seq, at: 100 * seq, state, edgeId: `${seq}` });
const track = (operation: string, states: readonly string[], role = "Ada") => ({
  operation,
  role,
  contract: "Steady",
  begun: 1,
  count: states.length,
  moves: states.map((state, index) => move(index + 1, state)),
});
const watch: Watch = {
  operation: "move",
  contract: "Steady",
  role: "Ada",
  state: "pending",
  since: 1_000,
  window: 5_000,
  code: null,
  onStall: "alarm",
  onTimeout: null,
};
const ready = { status: "ready" } as const;
const waits = (text: string, statement?: string) => ({
  status: "blocked" as const,
  wait: { kind: "empty" as const, text, on: null, edgeId: null },
  ...(statement === undefined ? {} : { statement: { edgeId: "3", text: statement } }),
});

describe("the operations of a position", () => {
  test("say how each stands, the late first, those that have ended last", () => {
    const rows = operationRows(
      view({
        roles: [{ role: "Ada", endpoints: [ready] }],
        operationTracks: [
          track("old", ["pending", "Success"]),
          track("calm", ["pending"]),
          track("move", ["pending", "noProgress"]),
          track("gone", ["pending", "degraded", "invalidated"]),
        ],
        operations: [{ ...watch, state: "noProgress", code: "machine.progress.no_progress" }],
      }),
    );
    expect(rows.map(({ operation, word, late }) => [operation, word, late])).toEqual([
      ["move", "Stalled", true],
      ["calm", "Under way", false],
      ["gone", "Invalidated", false],
      ["old", "Resolved: success", false],
    ]);
    expect(rows.map((row) => row.watch?.operation)).toEqual(["move", undefined, undefined, undefined]);
    expect(rows.filter(({ late }) => late).map(lateWords)).toEqual(["move of Ada: stalled"]);
  });

  test("say what they wait for: who has to say so, whom that one waits for, or nobody", () => {
    const waiting = (endpoint: object, operation = "move") =>
      operationRows(
        view({
          roles: [{ role: "Ada", endpoints: [endpoint] }],
          operationTracks: [track(operation, ["pending"])],
        }),
      ).map(({ word, waits: what }) => [word, what]);
    expect(waiting(ready)).toEqual([["Under way", "Ada can go on"]]);
    expect(waiting(waits("a decision of Ada", "await move"))).toEqual([
      ["Under way", "Ada must say that it is done"],
    ]);
    expect(waiting(waits("a decision", "await move"), "move[2]")).toEqual([
      ["Under way", "Ada must say that it is done"],
    ]);
    expect(waiting(waits("waits for a message from Bob"))).toEqual([
      ["Blocked", "Ada waits for a message from Bob"],
    ]);
    expect(waiting(waits("the flow guard denied the send: none left."))).toEqual([
      ["Blocked", "the flow guard denied the send: none left"],
    ]);
    expect(waiting({ status: "done" })).toEqual([["Under way", "Ada has ended, nobody will end it"]]);
    expect(waiting({ status: "faulted" })).toEqual([["Blocked", "Ada has faulted, nobody will end it"]]);
  });

  test("are none where none was begun", () => {
    expect(operationRows(view({}))).toEqual([]);
  });
});

test("the clock fills one window after the other and says what comes next", () => {
  expect(progressClock(watch, 3_500)).toEqual({
    windows: [0.5, 0, 0],
    words: "2.5 s since it began, stalls in 2.5 s",
  });
  expect(progressClock({ ...watch, state: "noProgress" }, 8_500)).toEqual({
    windows: [1, 0.5, 0],
    words: "7.5 s since it began, is degraded in 2.5 s",
  });
  expect(progressClock({ ...watch, state: "degraded" }, 16_000).words).toBe(
    "15 s since it began, times out now",
  );
  expect(progressClock({ ...watch, state: "timedOut" }, 99_000)).toEqual({
    windows: [1, 1, 1],
    words: "98 s since it began, no time left",
  });
  // A position of the past may lie before its beginning.
  expect(progressClock(watch, 0).windows).toEqual([0, 0, 0]);
});

test("a statement of the text leads to its operation, a message to none", () => {
  const source = "  A -> B : Go\n  begin move(item)\n  await move\n  beginner -> B : Hi\n";
  const at = (text: string, edge: string) => {
    const start = source.indexOf(text);
    return { edge, start, end: start + text.length };
  };
  const statements = operationStatements(source, [
    at("A -> B : Go", "0"),
    at("begin move(item)", "1"),
    at("await move", "2"),
    at("beginner -> B : Hi", "3"),
  ]);
  expect(statements).toEqual([
    { operation: "move", edge: "1", line: 2 },
    { operation: "move", edge: "2", line: 3 },
  ]);
  expect(["0", "1", "2#1", undefined].map((edge) => operationAt(statements, edge))).toEqual([
    undefined,
    "move",
    "move",
    undefined,
  ]);
});
