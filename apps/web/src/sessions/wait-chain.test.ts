import { expect, test } from "vitest";
import { entry, received, sent, view } from "./test-session.ts";
import { waitChain } from "./wait-chain.ts";

const waitsFor = (on: string) =>
  ({
    status: "blocked",
    wait: { kind: "empty", text: `waits for a message from ${on}`, on, edgeId: "1" },
  }) as const;
const mustChoose = {
  status: "blocked",
  wait: { kind: "decision", text: "Dee must choose Yes or No", on: "Dee", edgeId: null },
} as const;

const chainOf = (session: ReturnType<typeof view>, log: Parameters<typeof waitChain>[1], role: string) => {
  const found = session.roles.find((one) => one.role === role);
  return waitChain(session, log, role, found!.endpoints[0]!);
};

test("goes from one waiting role to the next, to who must act, to the last thing that one did", () => {
  const session = view({
    roles: [
      { role: "Guard", endpoints: [waitsFor("Lead")] },
      { role: "Lead", endpoints: [waitsFor("Dee")] },
      { role: "Dee", endpoints: [mustChoose] },
    ],
  });
  const log = [
    entry(1, [sent("Lead", "Dee", 0, "Ask", "0")]),
    entry(3, [received("Lead", "Dee", 0, "Ask", "0")]),
    entry(4, [{ kind: "blocked", role: "Dee", reason: { kind: "decision", labels: ["Yes", "No"] } }]),
  ];
  expect(chainOf(session, log, "Guard")).toEqual([
    { text: "Guard waits for a message from Lead", role: "Guard", edge: "1" },
    { text: "Lead waits for a message from Dee", role: "Lead", edge: "1" },
    { text: "Dee must choose Yes or No", role: "Dee" },
    { text: "Dee received Ask from Lead (#3)", role: "Dee", seq: 3 },
  ]);
});

test("a circle of waiting roles ends with its name, not never", () => {
  const session = view({
    roles: [
      { role: "A", endpoints: [waitsFor("B")] },
      { role: "B", endpoints: [waitsFor("A")] },
    ],
  });
  expect(chainOf(session, [], "A").map(({ text }) => text)).toEqual([
    "A waits for a message from B",
    "B waits for a message from A",
    "A waits in turn: a circle",
  ]);
});

test("a fault ends the chain with its own words", () => {
  const session = view({
    roles: [
      { role: "A", endpoints: [waitsFor("B")] },
      { role: "B", endpoints: [{ status: "faulted", fault: { code: "f", message: "wrong label" } }] },
    ],
  });
  expect(chainOf(session, [], "A").at(-1)?.text).toBe("B faulted: wrong label");
});

test("who is only waiting for its turn is said to be ready", () => {
  const session = view({
    roles: [
      { role: "A", endpoints: [waitsFor("B")] },
      { role: "B", endpoints: [{ status: "ready" }] },
    ],
  });
  expect(chainOf(session, [], "A").at(-1)?.text).toContain("B is ready");
});
