import { expect, test } from "vitest";
import { checkCommandOrder } from "./command-order.ts";
import type { EffectCommand } from "./effect-command.ts";
import { checkCouplings, coupleCommands } from "./journal-coupling.ts";

const charge: EffectCommand = { kind: "chargeBudget", context: "c", authority: "a", peer: "b", amount: 1 };
const send: EffectCommand = { kind: "sendEnvelope", to: "b", envelope: new Uint8Array() };
const fact: EffectCommand = { kind: "appendJournal", context: "c", authority: "a", fact: "sent", at: 0 };
const leak: EffectCommand = {
  kind: "recordLeakage",
  context: "c",
  leakage: { external: 1, neighbor: 0, inGroup: 0 },
};

test("a send is paid for before it goes, never after", () => {
  expect(checkCommandOrder([send, charge])).toEqual({ code: "PAR7620", kind: "charge-after-send", index: 1 });
  expect(checkCommandOrder([charge, send, charge])).toMatchObject({ kind: "charge-after-send", index: 2 });
  expect(checkCommandOrder([fact, send])).toEqual({
    code: "PAR7621",
    kind: "missing-charge-before-send",
    index: 1,
  });
  expect(checkCommandOrder([charge, send])).toBeUndefined();
  expect(checkCommandOrder([fact, charge])).toBeUndefined();
});

test("facts land after the send succeeded, charges before it", () => {
  expect(coupleCommands([charge, fact, leak])).toEqual({ before: [charge], after: [fact, leak] });
  expect(coupleCommands([charge, fact, leak], "optimistic")).toEqual({
    before: [charge, fact],
    after: [leak],
  });
});

test("a coupling without a delta is refused by its kind", () => {
  expect(
    checkCouplings([{ coupling: { kind: "addFacts" }, delta: ["sent"] }, { coupling: { kind: "merge" } }]),
  ).toEqual({ code: "PAR7622", kind: "coupling-without-delta", coupling: "merge" });
  expect(checkCouplings([{ coupling: { kind: "custom", name: "x" }, delta: ["y"] }])).toBeUndefined();
});
