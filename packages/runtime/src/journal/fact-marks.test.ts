import { hashText } from "@parley/wire";
import { assert, constantFrom, dictionary, integer, property } from "fast-check";
import { expect, test } from "vitest";
import { fixtureFact, journalFixture } from "../testing/journal-fixture.ts";
import { factId } from "./fact-id.ts";
import {
  type Agreement,
  acknowledge,
  addMarked,
  agreementIsSafe,
  agreementStrength,
  agreementText,
  collectAcks,
  isDelivered,
  marksOf,
  mergeAcks,
  propagationOf,
  propagationProgress,
  unmarked,
  updateMarks,
} from "./fact-marks.ts";
import { journalRoot } from "./journal.ts";

const fact = fixtureFact(1);
const held = addMarked(unmarked(journalFixture()), fact, { acksTracked: true });

test("agreement goes from A1 to A3, and may be built upon from A2", () => {
  const levels: readonly Agreement[] = [
    { kind: "provisional" },
    { kind: "soft-safe" },
    { kind: "finalized", consensus: "c" },
  ];
  expect(levels.map(agreementStrength)).toEqual([1, 2, 3]);
  expect(levels.map(agreementText)).toEqual(["A1:Provisional", "A2:SoftSafe", "A3:Finalized"]);
  expect(levels.map(agreementIsSafe)).toEqual([false, true, true]);
});

test("propagation is complete when every known peer was reached, and never with none known", () => {
  expect(propagationOf(2, 2)).toEqual({ kind: "complete" });
  expect(propagationOf(0, 0)).toEqual({ kind: "syncing", reached: 0, known: 0 });
  expect(propagationProgress(propagationOf(1, 4))).toBe(0.25);
  expect(propagationProgress(propagationOf(0, 0))).toBe(0);
  expect(propagationProgress({ kind: "complete" })).toBe(1);
  expect(propagationProgress({ kind: "local" })).toBe(0);
  expect(propagationProgress({ kind: "failed", retryAt: 1, retryCount: 1, error: "x" })).toBe(0);
});

test("changing what is known about a fact changes neither its id nor the root; an unknown order is refused", () => {
  const changed = updateMarks(held, fact.order, { agreement: { kind: "finalized", consensus: "c" } });
  if (!changed.ok) throw new Error(changed.error.code);
  expect(marksOf(changed.marked, factId(fact))).toMatchObject({
    agreement: { kind: "finalized" },
    acksTracked: true,
  });
  expect(journalRoot(changed.marked.journal)).toBe(journalRoot(held.journal));
  expect(updateMarks(held, hashText("x"), {})).toEqual({
    ok: false,
    error: { code: "PAR7713", error: "fact-not-found", order: hashText("x") },
  });
});

test("merging acknowledgments keeps the later time of each peer, whichever side it came from", () => {
  const acks = dictionary(constantFrom("a", "b", "c"), integer({ min: 1, max: 9 }));
  assert(
    property(acks, acks, acks, (a, b, c) => {
      expect(mergeAcks(a, b)).toEqual(mergeAcks(b, a));
      expect(mergeAcks(mergeAcks(a, b), c)).toEqual(mergeAcks(a, mergeAcks(b, c)));
      expect(mergeAcks(a, a)).toEqual(a);
    }),
  );
});

test("a fact is delivered when every expected peer acknowledged it, and never without tracking", () => {
  const storage = acknowledge(acknowledge(new Map(), fact.order, "bo", 1), fact.order, "bo", 5);
  expect(storage.get(fact.order)).toEqual({ bo: 5 });
  expect(isDelivered(storage.get(fact.order), ["bo"])).toBe(true);
  expect(isDelivered(storage.get(fact.order), ["bo", "cy"])).toBe(false);
  expect(isDelivered(undefined, [])).toBe(false);
});

test("collecting drops the acknowledgments of the facts selected, stops tracking them and leaves the facts", () => {
  const more = addMarked(held, fixtureFact(2), { acksTracked: true });
  const storage = acknowledge(acknowledge(new Map(), fact.order, "bo", 1), fixtureFact(2).order, "bo", 1);
  const result = collectAcks(more, storage, (one) => one.order === fact.order);
  expect(result).toMatchObject({ factsCollected: 1, factsRemaining: 1 });
  expect([...result.storage.keys()]).toEqual([fixtureFact(2).order]);
  expect(marksOf(result.marked, factId(fact)).acksTracked).toBe(false);
  expect(journalRoot(result.marked.journal)).toBe(journalRoot(more.journal));
});
