import { encodeCanonical, type Fact, hashText } from "@parley/wire";
import { assert, constantFrom, integer, property, record, shuffledSubarray, subarray } from "fast-check";
import { expect, test } from "vitest";
import { fixtureFact, journalFixture } from "../testing/journal-fixture.ts";
import { edgeFact } from "./edge-fact.ts";
import { compareFacts, factId } from "./fact-id.ts";
import { addMarked, marksOf, unmarked } from "./fact-marks.ts";
import {
  addFact,
  addFacts,
  emptyJournal,
  factsInOrder,
  type Journal,
  join,
  journalRoot,
  journalSize,
} from "./journal.ts";

const numbers = Array.from({ length: 24 }, (_, n) => n);
const some = subarray(numbers);
const joined = (a: Journal, b: Journal): Journal => {
  const result = join(a, b);
  if (!result.ok) throw new Error(result.error.code);
  return result.journal;
};
const generic = (encoding: "Json" | "DagCbor", value: unknown): Fact => ({
  order: hashText("order"),
  time: { kind: "physical", ms: 1 },
  by: "ada",
  content: {
    kind: "generic",
    context: "ctx:s",
    envelope: {
      type: "t",
      version: 1,
      encoding,
      payload:
        encoding === "Json" ? Uint8Array.from(Buffer.from(JSON.stringify(value))) : encodeCanonical(value),
    },
  },
});

test("adding a fact twice leaves one; what is known about it stays as it was first said", () => {
  const fact = fixtureFact(1);
  const first = addMarked(unmarked(journalFixture()), fact, { agreement: { kind: "soft-safe" } });
  const again = addMarked(first, { ...fact, by: "bo" }, { agreement: { kind: "finalized", consensus: "c" } });
  expect(journalSize(again.journal)).toBe(1);
  expect(marksOf(again, factId(fact)).agreement).toEqual({ kind: "soft-safe" });
});

test("journals of an authority and of a context do not join", () => {
  const result = join(
    emptyJournal({ kind: "authority", id: "x" }),
    emptyJournal({ kind: "context", id: "x" }),
  );
  expect(result).toMatchObject({ ok: false, error: { code: "PAR7701", error: "namespace-mismatch" } });
});

test("the join is commutative, associative and idempotent, and loses nothing", () => {
  assert(
    property(some, some, some, (x, y, z) => {
      const [a, b, c] = [journalFixture(x), journalFixture(y), journalFixture(z)];
      expect(journalRoot(joined(a, b))).toBe(journalRoot(joined(b, a)));
      expect(journalRoot(joined(joined(a, b), c))).toBe(journalRoot(joined(a, joined(b, c))));
      expect(joined(a, a)).toBe(a);
      expect(journalRoot(joined(a, b))).toBe(journalRoot(journalFixture(new Set([...x, ...y]))));
    }),
  );
});

test("facts come in one order whatever the order of arrival", () => {
  const arrivals = shuffledSubarray(numbers, { minLength: numbers.length });
  const expected = factsInOrder(journalFixture(numbers));
  assert(
    property(arrivals, (arrived) => {
      expect(factsInOrder(journalFixture(arrived))).toEqual(expected);
    }),
  );
  expect(expected.map(({ order }) => order)).toEqual(expected.map(({ order }) => order).sort());
});

test("facts of one order go by their time, then by their content; only equal ones compare as equal", () => {
  const fact = record({ ms: integer({ min: 0, max: 2 }), value: constantFrom(1, 2, 3) }).map(
    ({ ms, value }): Fact => ({
      ...generic("DagCbor", value),
      time: { kind: "physical", ms },
    }),
  );
  assert(
    property(fact, fact, fact, (a, b, c) => {
      expect(Math.sign(compareFacts(a, b))).toBe(-Math.sign(compareFacts(b, a)) + 0);
      expect(compareFacts(a, b) === 0).toBe(factId(a) === factId(b));
      if (compareFacts(a, b) <= 0 && compareFacts(b, c) <= 0)
        expect(compareFacts(a, c)).toBeLessThanOrEqual(0);
    }),
  );
});

test("a JSON and a CBOR payload of one value are one fact; other values are others", () => {
  const value = { b: [1, "x", null], aa: true };
  expect(factId(generic("Json", value))).toBe(factId(generic("DagCbor", value)));
  expect(journalSize(addFacts(journalFixture(), [generic("Json", value), generic("DagCbor", value)]))).toBe(
    1,
  );
  expect(factId(generic("Json", { ...value, aa: false }))).not.toBe(factId(generic("DagCbor", value)));
  expect(factId(generic("Json", { a: 1.5 }))).not.toBe(factId(generic("Json", { a: 2.5 })));
});

test("who added a fact is not part of it; order, time and content are", () => {
  const fact = fixtureFact(1);
  expect(factId({ ...fact, by: "bo" })).toBe(factId(fact));
  for (const other of [
    { ...fact, order: hashText("x") },
    { ...fact, time: { kind: "physical", ms: 2 } as const },
    { ...fact, content: fixtureFact(2).content },
  ])
    expect(factId(other)).not.toBe(factId(fact));
});

test("the fact of an edge made twice is one, of two sends are two", () => {
  const request = {
    context: "ctx:s",
    by: "ada",
    at: 5,
    fact: "asked",
    session: "s",
    edgeId: "e1",
    role: "Client",
    label: "Request",
    seq: 1,
  };
  expect(factId(edgeFact(request))).toBe(factId(edgeFact({ ...request })));
  for (const change of [{ seq: 2 }, { fact: "paid" }, { edgeId: "e2" }, { session: "t" }, { role: "Server" }])
    expect(edgeFact({ ...request, ...change }).order).not.toBe(edgeFact(request).order);
});

test("canonical bytes of facts are pinned", () => {
  const fact = edgeFact({
    context: "ctx:s",
    by: "ada",
    at: 5,
    fact: "asked",
    session: "s",
    edgeId: "e1",
    role: "Client",
    label: "Request",
    seq: 1,
  });
  expect(fact.order).toBe("98a3b972238234972fe53d6f6885e8605cbc419ae8c14fd0bda268eadddcf80f");
  expect(factId(fact)).toBe("ba5cd472646753579261c87472ff0dc633f6c0f69d60509c4170a90b65ff09e6");
  expect(journalRoot(addFact(journalFixture(), fact))).toBe(
    "5fac855e014eee2734a2f1065003be671134387f4ac83008b8c2acdbb50fd032",
  );
});
