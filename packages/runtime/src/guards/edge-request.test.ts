import { expect, test } from "vitest";
import { edgeRequest } from "./edge-request.ts";
import { noLeakage } from "./observer-class.ts";

const read = (...annotations: readonly (readonly [string, string])[]) =>
  edgeRequest(annotations.map(([key, value]) => ({ key, value })));

test("an edge without annotations asks for nothing", () => {
  expect(read()).toEqual({ capabilities: [], cost: 0, facts: [], leakage: noLeakage, malformed: [] });
});

test("an edge that names a guard but no cost is charged 100", () => {
  expect(read(["guard_capability", "amp:send"], ["journal_facts", "sent"]).cost).toBe(100);
  expect(read(["leak", "External"]).cost).toBe(100);
  expect(read(["parallel", "true"]).cost).toBe(0);
});

test("a cost that is given is what is charged, also when it is nothing", () => {
  expect(read(["guard_capability", "amp:send"], ["flow_cost", "7"]).cost).toBe(7);
  expect(read(["guard_capability", "amp:send"], ["flow_cost", "0"]).cost).toBe(0);
});

test("observers are read as classes, each once", () => {
  expect(read(["leak", "(External, custody, Neighbor)"]).leakage).toEqual({
    external: 1,
    neighbor: 1,
    inGroup: 0,
  });
});

test.each(["-1", "1.5", "", " 5", "9007199254740993"])("a cost of %j is malformed", (value) => {
  expect(read(["flow_cost", value]).malformed).toEqual([{ key: "flow_cost", value }]);
});

test("a leak to nobody is malformed", () => {
  expect(read(["leak", "( , )"]).malformed).toEqual([{ key: "leak", value: "( , )" }]);
});
