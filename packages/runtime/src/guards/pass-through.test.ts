import { expect, test } from "vitest";
import { flowCost, passThroughGuards } from "./pass-through.ts";

const ask = (annotations: readonly { key: string; value: string }[]) =>
  passThroughGuards.evaluate({
    session: "s",
    role: "A",
    peer: "B",
    label: "M",
    edgeId: "0",
    annotations,
    at: 0,
  });

test("every guard that an edge names allows and says what it looked at, in the order of the chain", () => {
  const verdicts = ask([
    { key: "leak", value: "neighbor" },
    { key: "journal_facts", value: "sent" },
    { key: "flow_cost", value: "50" },
    { key: "guard_capability", value: "chat:message:send" },
  ]);
  expect(verdicts.map(({ guard, subject, allow }) => [guard, subject, allow])).toEqual([
    ["capability", "chat:message:send", true],
    ["flow", "50", true],
    ["journal", "sent", true],
    ["leakage", "neighbor", true],
  ]);
});

test("an edge without annotations asks no guard", () => {
  expect(ask([])).toEqual([]);
});

test("flow cost sums what is a count and passes over what is not", () => {
  expect(
    flowCost([
      { key: "flow_cost", value: "5" },
      { key: "flow_cost", value: "x" },
      { key: "flow_cost", value: "7" },
    ]),
  ).toBe(12);
});
