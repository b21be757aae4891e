import type { AuthorityInput, ContextInput, StreamInput } from "@parley/wire";
import type { expect as Expect } from "vitest";
import { receiptId } from "../guards/receipt.ts";
import { sealBatch } from "../guards/receipt-batch.ts";
import type { LogStore } from "../host/ports.ts";
import { factId } from "../journal/fact-id.ts";
import { chainBuilder } from "./chain-builder.ts";
import { fixtureFact } from "./journal-fixture.ts";
import type { OpenEmptyStore, SuiteTools } from "./log-store-contract.ts";
import { sampleCharges, sampleSigner } from "./sample-charges.ts";

const write = async (
  store: LogStore,
  stream: string,
  kind: "authority" | "context",
  inputs: readonly StreamInput[],
): Promise<void> => {
  const log = chainBuilder(stream, kind);
  for (const input of inputs) {
    const [result] = await store.append([{ appends: [log.append({ input })] }]);
    if (result?.ok !== true) throw new Error(JSON.stringify(result));
  }
};

const charges = sampleCharges([10, 20, 30]);
const [first, second, third] = charges.map(receiptId);
const settled = (...some: readonly number[]): AuthorityInput => ({
  kind: "sends.settled",
  batch: sealBatch(
    some.flatMap((at) => charges[at] ?? []),
    sampleSigner(),
  ),
});
const pair = { context: "ctx:s", peer: "bob" };

const ada: readonly AuthorityInput[] = [
  { kind: "authority.created", stream: "ada", name: "Ada", hue: 1 },
  { kind: "budget.epoch", epoch: 2 },
  settled(0, 1),
  { kind: "budget.replenished", ...pair, amount: 5 },
  settled(2),
  { kind: "budget.epoch", epoch: 3 },
  { kind: "key.rotated", device: "ada-phone", key: "b", replaces: "a", epoch: 4, reason: "" },
];

const receiptPromises = async (store: LogStore, expect: typeof Expect): Promise<void> => {
  await write(store, "ada", "authority", ada);
  const ids = async (query: Partial<Parameters<LogStore["receipts"]>[0]>) => {
    const { items, total } = await store.receipts({ limit: 10, ...query });
    return [items.map(({ id }) => id), total];
  };
  expect(await ids({})).toEqual([[third, second, first], 3]);
  expect(await ids({ authority: "ada", limit: 1 })).toEqual([[third], 3]);
  expect(await ids({ before: 4 })).toEqual([[second, first], 3]);
  expect(await ids({ until: 2 })).toEqual([[second, first], 2]);
  expect(await ids({ ...pair, session: "s" })).toEqual([[third, second, first], 3]);
  for (const other of [{ session: "x" }, { peer: "x" }, { context: "x" }, { authority: "x" }, { id: "x" }])
    expect(await ids(other)).toEqual([[], 0]);
  const { items } = await store.receipts({ id: third, limit: 1 });
  expect(items).toEqual([
    { id: third, authority: "ada", seq: 4, index: 0, previous: { id: second, epoch: 2, nonce: 30 } },
  ]);
  const [, taken] = charges;
  if (taken === undefined) throw new Error("no charge");
  const at = { id: second, authority: "ada", seq: 2, index: 1, previous: { id: first, epoch: 2, nonce: 10 } };
  expect(await store.receiptTaking({ ...taken, prev: "0" })).toEqual(at);
  expect(await store.receiptTaking({ ...taken, nonce: 999 })).toEqual(at);
  expect(await store.receiptTaking({ ...taken, nonce: 999, prev: "0" })).toBeUndefined();
};

const budgetPromises = async (store: LogStore, expect: typeof Expect): Promise<void> => {
  await write(store, "ada", "authority", ada);
  const rows = async (query: Partial<Parameters<LogStore["budgetChanges"]>[0]>) => {
    const { items, more } = await store.budgetChanges({ authority: "ada", until: 99, limit: 10, ...query });
    return { rows: items.map((one) => [one.seq, one.kind, one.limit, one.spent, one.epoch]), more };
  };
  const all = [
    [2, "charged", 1_000, 10, 2],
    [2, "charged", 1_000, 30, 2],
    [3, "replenished", 1_005, 30, 2],
    [4, "charged", 1_005, 60, 2],
    [5, "epoch", 1_005, 0, 3],
    [6, "epoch", 1_005, 0, 4],
  ];
  expect(await rows({})).toEqual({ rows: all, more: false });
  expect(await rows({ limit: 2 })).toEqual({ rows: all.slice(4), more: true });
  expect(await rows({ before: 4 })).toEqual({ rows: all.slice(0, 3), more: false });
  expect(await rows({ until: 2 })).toEqual({ rows: all.slice(0, 2), more: false });
  expect(await rows({ peer: "x" })).toEqual({ rows: [], more: false });
  expect(await rows(pair)).toEqual({ rows: all, more: false });
  const { items } = await store.budgetChanges({ authority: "ada", until: 2, limit: 1 });
  expect(items[0]).toMatchObject({
    text: "SendRequest cost 20",
    charge: { receipt: second, session: "s", edgeId: "0", device: "ada-phone", cost: 20, nonce: 30 },
  });
};

const facts = Array.from({ length: 6 }, (_, n) => ({
  ...fixtureFact(n),
  by: n % 2 === 0 ? "ada" : "bob",
  time: n < 3 ? ({ kind: "physical", ms: n * 100 } as const) : ({ kind: "order", bytes: "ab" } as const),
}));

const factPromises = async (store: LogStore, expect: typeof Expect): Promise<void> => {
  const inputs: readonly ContextInput[] = [
    { kind: "context.created", stream: "c", title: "C" },
    { kind: "facts.added", replica: "ada", facts: facts.slice(0, 4) },
    { kind: "facts.added", replica: "bob", facts: facts.slice(2) },
    { kind: "fact.recorded", by: "ada", fact: "old" },
    { kind: "replicas.parted", groups: [["ada"], ["bob"]] },
    { kind: "replicas.healed" },
  ];
  await write(store, "c", "context", inputs);
  await write(store, "d", "context", [{ kind: "context.created", stream: "d", title: "D" }]);
  const places = (query: Partial<Parameters<LogStore["factPlaces"]>[0]>) =>
    store.factPlaces({ stream: "c", position: 99, from: 0, ...query });
  const all = await places({});
  const seqs = new Map(all.items.map(({ id, seq }) => [id, seq]));
  expect(facts.map((fact) => seqs.get(factId(fact)))).toEqual([1, 1, 1, 1, 2, 2]);
  expect(all.total).toBe(7);
  const orders = all.items.flatMap(({ id }) => facts.find((fact) => factId(fact) === id)?.order ?? []);
  expect(orders).toEqual([...orders].sort());
  const sorted = (some: typeof facts) => some.map(factId).sort();
  const ids = async (query: Parameters<typeof places>[0]) =>
    (await places(query)).items.map(({ id }) => id).sort();
  expect(await ids({ by: "bob" })).toEqual(sorted(facts.filter(({ by }) => by === "bob")));
  expect(await ids({ since: 100, until: 200 })).toEqual(sorted(facts.slice(1, 3)));
  expect(await ids({ position: 1 })).toEqual(sorted(facts.slice(0, 4)));
  expect(await ids({ ids: facts.slice(0, 2).map(factId) })).toEqual(sorted(facts.slice(0, 2)));
  expect((await ids({ type: "session.edge" })).length).toBeGreaterThan(0);
  expect(await places({ stream: "d" })).toEqual({ items: [], total: 0 });
  const page = await places({ from: 2, limit: 3 });
  expect(page).toEqual({ items: all.items.slice(2, 5), total: 7 });
  expect(await store.partedContexts()).toEqual(["c"]);
};

/**
 * The promises of `LogQueries`, the same whether answers are folded or read
 * off tables. Call it at the top of a test file.
 *
 * @example logQueriesContract("memory", async () => memoryStore(), { describe, it, expect });
 */
export const logQueriesContract = (name: string, open: OpenEmptyStore, tools: SuiteTools): void => {
  const check = (promise: string, test: (store: LogStore, expect: typeof Expect) => Promise<void>) =>
    tools.it(promise, async () => {
      const store = await open();
      try {
        await test(store, tools.expect);
      } finally {
        await store.close();
      }
    });
  tools.describe(`questions across entries: ${name}`, () => {
    check("receipts come newest first, narrowed, each with the one before it of its pair", receiptPromises);
    check("the history of budgets says what each change left", budgetPromises);
    check("facts come in order, each with the entry that first brought it", factPromises);
  });
};
