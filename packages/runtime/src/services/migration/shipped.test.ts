import { encodeCanonical } from "@parley/wire";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type EdgeFactVersion, edgeFact, edgeFactType } from "../../journal/edge-fact.ts";
import { buildFactRegistry, readTypedPayload, reduceTyped } from "../../journal/fact-registry.ts";
import { firstPartyFactTypes } from "../../journal/fact-types.ts";
import { type FactPayload, readAt } from "./fact-schema.ts";
import { needsMigration } from "./migration.ts";
import { validateMigration } from "./run-migration.ts";
import { failingHalfWay, shippedSchemas } from "./shipped.ts";

const schema = shippedSchemas.get(edgeFactType);
if (schema === undefined) throw new Error("facts of edges have no migrations");
const built = buildFactRegistry(firstPartyFactTypes);
if (!built.ok) throw new Error(built.error.error);

const made = (version: EdgeFactVersion, fact = "paid") =>
  edgeFact(
    { context: "ctx:s", by: "ada", at: 1, session: "s", edgeId: "e", role: "A", label: "M", seq: 0, fact },
    version,
  );

const payloadOf = (version: EdgeFactVersion): FactPayload => {
  const { content } = made(version);
  const read = content.kind === "generic" ? readTypedPayload(built.registry, content.envelope) : undefined;
  if (!read?.ok) throw new Error("it does not read");
  return read.value as FactPayload;
};

const facts = (payloads: readonly FactPayload[]) => ({
  facts: payloads.map((payload, at) => ({ id: `${at}`, journal: "ctx:s", by: "ada", version: 1, payload })),
});

test("a fact of any version reads, and through the migrations says what one written at the later version says", () => {
  for (const from of [1, 2, 3] as const)
    for (const to of [1, 2, 3] as const)
      if (to >= from)
        expect(readAt(schema.steps, { version: from, payload: payloadOf(from), by: "ada" }, to)).toEqual(
          payloadOf(to),
        );
});

test("a payload that is not of its version is refused, of every version", () => {
  for (const version of [2, 3]) {
    const read = readTypedPayload(built.registry, {
      type: edgeFactType,
      version,
      encoding: "DagCbor",
      payload: encodeCanonical(payloadOf(1)),
    });
    expect(read.ok).toBe(false);
  }
});

test("names are counted alike whatever version they were written at", () => {
  const all = ([1, 2, 3] as const).map((version) => made(version));
  expect(reduceTyped(built.registry, all).views[edgeFactType]).toEqual({ paid: 3 });
});

test("two real steps are chained from the first version to the one the registry writes", () => {
  expect(schema.steps.map(({ sourceVersion, targetVersion }) => [sourceVersion, targetVersion])).toEqual([
    [1, 2],
    [2, 3],
  ]);
  expect(built.registry.types.get(edgeFactType)?.version).toBe(3);
  expect(built.registry.types.get(edgeFactType)?.minVersion).toBe(schema.first);
  expect([needsMigration(schema.steps, 1), needsMigration(schema.steps, 3)]).toEqual([true, false]);
});

test("a fact that has another name already is named, and nothing after it runs", () => {
  const state = facts([payloadOf(1), { ...payloadOf(1), name: "else" }]);
  expect(validateMigration(schema.steps, state, 1, 3, 0)).toMatchObject({
    path: [{ migration: "session.edge 1 to 2", changed: 2 }],
    error: { variant: "ValidationFailed", migration: "session.edge 2 to 3" },
  });
});

test("one that fails half way leaves the facts it was given as they were", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), (count) => {
      const state = facts(Array.from({ length: count }, () => payloadOf(1)));
      const before = structuredClone(state);
      const { path, error } = validateMigration(failingHalfWay(schema.steps), state, 1, 3, 0);
      expect(path).toHaveLength(1);
      expect(error?.variant).toBe("ExecutionFailed");
      expect(state).toEqual(before);
    }),
  );
});
