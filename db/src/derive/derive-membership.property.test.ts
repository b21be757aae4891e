import { factId, factsInOrder, foldReplicas, noReplicas } from "@parley/runtime/journal";
import { chainBuilder, fixtureFact } from "@parley/runtime/testing";
import type { ContextInput } from "@parley/wire";
import Database from "better-sqlite3";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openForTest } from "../testing/open-for-test.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";

const names = ["ada", "bea", "chan", "dev"] as const;
const name = fc.constantFrom(...names);
const ids = fc
  .uniqueArray(fc.nat({ max: 7 }), { maxLength: 5 })
  .map((numbers) => numbers.map((n) => factId(fixtureFact(n))));

const input: fc.Arbitrary<ContextInput> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("facts.added" as const),
      replica: name,
      facts: fc
        .uniqueArray(fc.nat({ max: 7 }), { minLength: 1, maxLength: 3 })
        .map((numbers) => numbers.map(fixtureFact)),
    }),
  },
  fc.record({
    kind: fc.constant("replica.joined" as const),
    authorities: fc.uniqueArray(name, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant("replicas.parted" as const),
    groups: fc
      .shuffledSubarray([...names])
      .chain((some) => fc.nat({ max: some.length }).map((at) => [some.slice(0, at), some.slice(at)])),
  }),
  fc.constant({ kind: "replicas.healed" as const }),
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("replicas.synced" as const),
      requester: name,
      responder: name,
      toRequester: ids,
      toResponder: ids,
      rounds: fc.constant(1),
      bytes: fc.constant(0),
    }),
  },
  fc.record({ kind: fc.constant("fact.recorded" as const), fact: fc.constant("x"), by: name }),
);

/** Who holds what by the fold of the inputs, sorted. */
const heldBy = (stream: string, inputs: readonly ContextInput[]): readonly string[] => {
  const state = inputs.reduce(foldReplicas, noReplicas(stream));
  return Object.entries(state.journals)
    .flatMap(([authority, journal]) => factsInOrder(journal).map((fact) => `${factId(fact)} ${authority}`))
    .sort();
};

const heldSql = `SELECT f.id || ' ' || r.authority FROM facts f JOIN replicas r ON r.context = f.stream
  WHERE f.stream = ? AND NOT EXISTS (SELECT 1 FROM missing_facts m
    WHERE m.context = f.stream AND m.fact = f.id AND m.authority = r.authority) ORDER BY 1`;

test("who holds which fact is what the tables say, whatever was added, joined, parted and synchronised", {
  timeout: 120_000,
}, async () => {
  const store = await openForTest({ folder: temporaryFolder() });
  const db = new Database(store.file, { readonly: true });
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(input, { minLength: 1, maxLength: 20 }), async (later) => {
      runs += 1;
      const stream = `ctx:${runs}`;
      const inputs: readonly ContextInput[] = [{ kind: "context.created", stream, title: "T" }, ...later];
      const log = chainBuilder(stream, "context");
      await store.append(inputs.map((one) => ({ appends: [log.append({ input: one })] })));
      expect(db.prepare(heldSql).pluck().all(stream)).toEqual(heldBy(stream, inputs));
    }),
    { numRuns: 60 },
  );
  db.close();
  expect(await store.rebuild()).toMatchObject({ equal: true, different: [] });
});

test("a context whose replicas were never parted keeps no row of what is missing; one cut off lacks what it did not see", async () => {
  const store = await openForTest({ folder: temporaryFolder() });
  const log = chainBuilder("ctx:s", "context");
  const missing = () => {
    const db = new Database(store.file, { readonly: true });
    const rows = db.prepare("SELECT authority, fact FROM missing_facts").raw().all();
    db.close();
    return rows;
  };
  const write = async (...inputs: readonly ContextInput[]) =>
    store.append(inputs.map((one) => ({ appends: [log.append({ input: one })] })));
  await write(
    { kind: "context.created", stream: "ctx:s", title: "T" },
    { kind: "replica.joined", authorities: ["ada", "bea"] },
    { kind: "facts.added", replica: "ada", facts: [fixtureFact(1)] },
  );
  expect(missing()).toEqual([]);
  await write(
    { kind: "replicas.parted", groups: [["ada"], ["bea"]] },
    { kind: "facts.added", replica: "ada", facts: [fixtureFact(2)] },
  );
  const id = factId(fixtureFact(2));
  expect(missing()).toEqual([["bea", id]]);
  const run = { kind: "replicas.synced", requester: "bea", responder: "ada", rounds: 1, bytes: 0 } as const;
  await write({ kind: "replicas.healed" }, { ...run, toRequester: [id], toResponder: [] });
  expect(missing()).toEqual([]);
});
