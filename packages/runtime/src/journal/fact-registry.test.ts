import { encodeCanonical, type Fact, type FactEnvelope, hashText } from "@parley/wire";
import { assert, constantFrom, integer, property, shuffledSubarray } from "fast-check";
import { expect, test } from "vitest";
import { fixtureFact, journalFixture } from "../testing/journal-fixture.ts";
import { edgeFactType } from "./edge-fact.ts";
import { contentOrder } from "./fact-id.ts";
import { buildFactRegistry, readTypedPayload, reduceTyped } from "./fact-registry.ts";
import type { FactTypeDefinition } from "./fact-type.ts";
import { firstPartyFactTypes } from "./fact-types.ts";
import { addFacts, factsInOrder } from "./journal.ts";
import { protocolFactFault, protocolVariants } from "./protocol-variants.ts";

const note: FactTypeDefinition = {
  type: "acme.note",
  version: 2,
  minVersion: 1,
  owner: "acme.Notes",
  fields: {
    text: { kind: "text" },
    pages: { kind: "integer", optional: true },
    due: { kind: "time", need: "instant", domain: "physical", optional: true },
  },
  time: { need: "order", domain: "order" },
  reducer: "latest",
};
const built = (...more: FactTypeDefinition[]) => {
  const result = buildFactRegistry([...firstPartyFactTypes, ...more]);
  if (!result.ok) throw new Error(result.error.code);
  return result.registry;
};
const envelope = (type: string, version: number, value: unknown): FactEnvelope => ({
  type,
  version,
  encoding: "DagCbor",
  payload: encodeCanonical(value),
});
const fact = (type: string, value: unknown): Fact => {
  const content = { kind: "generic", context: "ctx:s", envelope: envelope(type, 1, value) } as const;
  return { order: contentOrder(content), time: { kind: "physical", ms: 0 }, by: "ada", content };
};

test("the first-party types have unique ids, an owner, a version and a reducer, and no time wider than it needs", () => {
  const { types, findings } = built();
  expect(types.size).toBe(firstPartyFactTypes.length);
  expect(findings).toEqual([]);
  for (const { subType } of Object.values(protocolVariants)) expect(types.has(subType)).toBe(true);
  for (const type of [
    "session.edge",
    "ceremony.invitation",
    "ceremony.guardian",
    "ceremony.recovery",
    "ceremony.ota",
  ])
    expect(types.get(type)?.owner).not.toBe("");
});

test("an empty id, an id declared twice and a definition that cannot be are refused", () => {
  expect(buildFactRegistry([{ ...note, type: " " }])).toEqual({
    ok: false,
    error: { code: "PAR7706", error: "empty-type", owner: "acme.Notes" },
  });
  expect(buildFactRegistry([note, { ...note, owner: "other" }])).toEqual({
    ok: false,
    error: { code: "PAR7707", error: "duplicate-type", type: "acme.note", owners: ["acme.Notes", "other"] },
  });
  for (const bad of [{ reducer: "nothing" }, { minVersion: 3 }, { version: 65_536 }, { version: 1.5 }])
    expect(buildFactRegistry([{ ...note, ...bad }])).toMatchObject({ ok: false, error: { code: "PAR7709" } });
});

test("a time declared wider than what it is for is a finding, on the fact or on a field", () => {
  const wide = built({
    ...note,
    time: { need: "order", domain: "physical" },
    fields: { due: { kind: "time", need: "instant", domain: "range" } },
  });
  expect(wide.findings).toEqual([
    {
      code: "PAR7711",
      finding: "wide-time",
      type: "acme.note",
      field: undefined,
      declared: "physical",
      narrowest: "order",
    },
    {
      code: "PAR7711",
      finding: "wide-time",
      type: "acme.note",
      field: "due",
      declared: "range",
      narrowest: "physical",
    },
  ]);
});

test("a payload is read by its registered type and version, with every declared field", () => {
  const registry = built(note);
  expect(readTypedPayload(registry, envelope("acme.note", 1, { text: "x", pages: 2 }))).toMatchObject({
    ok: true,
  });
  expect(readTypedPayload(registry, envelope("acme.other", 1, {}))).toEqual({
    ok: false,
    error: { code: "PAR7708", error: "unregistered-type", type: "acme.other" },
  });
  expect(readTypedPayload(registry, envelope("acme.note", 3, { text: "x" }))).toMatchObject({
    error: { code: "PAR7704" },
  });
  for (const [bad, field] of [
    [{}, "text"],
    [{ text: 1 }, "text"],
    [{ text: "x", pages: "2" }, "pages"],
    [{ text: "x", due: { kind: "order", bytes: hashText("x") } }, "due"],
    [{ text: "x", due: { kind: "physical", ms: -1 } }, "due"],
    [[], ""],
  ] as const)
    expect(readTypedPayload(registry, envelope("acme.note", 1, bad))).toMatchObject({
      ok: false,
      error: { code: "PAR7712", error: "field-mismatch", type: "acme.note", field },
    });
  expect(
    readTypedPayload(registry, envelope("acme.note", 1, { text: "x", due: { kind: "physical", ms: 1 } })),
  ).toMatchObject({ ok: true });
});

test("views by type do not depend on the order of arrival; unknown types and payloads that do not read are kept raw", () => {
  const registry = built(note);
  const facts = [
    ...Array.from({ length: 8 }, (_, n) => fixtureFact(n)),
    ...[1, 2, 3].map((pages) => fact("acme.note", { text: `p${pages}`, pages })),
    fact("acme.note", { text: 1 }),
    fact("acme.unknown", { a: 1 }),
  ];
  const reduce = (arrived: readonly Fact[]) =>
    reduceTyped(registry, factsInOrder(addFacts(journalFixture(), arrived)));
  const expected = reduce(facts);
  expect(expected.views[edgeFactType]).toMatchObject({ "fact-0": 2, "fact-1": 1 });
  expect(expected.views["acme.note"]).toMatchObject({ text: expect.stringMatching(/^p/) });
  expect(expected.generic["acme.note"]).toHaveLength(1);
  expect(expected.generic["acme.unknown"]).toEqual([encodeCanonical({ a: 1 })]);
  assert(
    property(shuffledSubarray(facts, { minLength: facts.length }), (arrived) => {
      expect(reduce(arrived)).toEqual(expected);
    }),
  );
});

test("protocol facts are a closed list; each lacks nothing it must carry", () => {
  expect(Object.keys(protocolVariants)).toHaveLength(20);
  expect(protocolFactFault("Gossip", {})).toEqual({ why: "unknown-variant", variant: "Gossip" });
  expect(protocolFactFault("toString", {})).toEqual({ why: "unknown-variant", variant: "toString" });
  assert(
    property(
      constantFrom(...Object.entries(protocolVariants)),
      integer({ min: 0 }),
      ([variant, { fields }], n) => {
        const whole = Object.fromEntries(fields.map((name) => [name, 1]));
        expect(protocolFactFault(variant, { ...whole, more: 1 })).toBeUndefined();
        const field = fields[n % fields.length] ?? "";
        const { [field]: _, ...rest } = whole;
        expect(protocolFactFault(variant, rest)).toEqual({ why: "missing-field", variant, field });
      },
    ),
  );
});
