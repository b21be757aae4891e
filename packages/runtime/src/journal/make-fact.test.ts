import { type FactContent, hashText } from "@parley/wire";
import { expect, test } from "vitest";
import { fixtureFact } from "../testing/journal-fixture.ts";
import { makeFact } from "./make-fact.ts";

const { content } = fixtureFact(1);
const snapshot: FactContent = { kind: "snapshot", stateHash: hashText("s"), superseded: [], sequence: 1 };
const orderOf = (said: FactContent, ms: number) => {
  const made = makeFact(said, "ada", { kind: "physical", ms });
  if (!made.ok) throw new Error(made.error.why);
  return made.fact.order;
};

test("with order time the random bytes are order and time at once", () => {
  const random = hashText("random");
  expect(makeFact(content, "ada", { kind: "order", random })).toEqual({
    ok: true,
    fact: { order: random, time: { kind: "order", bytes: random }, by: "ada", content },
  });
});

test("a fact of a context has the order of its content whenever it is made; others that of their moment too", () => {
  expect(orderOf(content, 1)).toBe(orderOf(content, 2));
  expect(orderOf(content, 1)).toBe(fixtureFact(1).order);
  expect(orderOf(snapshot, 1)).not.toBe(orderOf(snapshot, 2));
});

test("a range on its own, and a time that means nothing, make no fact", () => {
  for (const time of [
    { kind: "range", earliest: 1, latest: 2, confidence: "High" },
    { kind: "physical", ms: -1 },
    { kind: "order", random: "x" },
  ] as const)
    expect(makeFact(content, "ada", time)).toMatchObject({ ok: false, error: { code: "PAR7710" } });
});
