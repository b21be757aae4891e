import { hexToBytes } from "@noble/hashes/utils.js";
import type { ReceiptJson } from "@parley/wire/http";
import { expect, test } from "vitest";
import { receiptsOf, sealBatch } from "../../guards/receipt-batch.ts";
import { verify } from "../../identity/verify-signature.ts";
import { acceptOperation, operationsOf } from "../../journal/commitment-tree/attested-operation.ts";
import { emptyAuthorityTree } from "../../journal/commitment-tree/authority-tree.ts";
import { failingStore } from "../../testing/failing-store.ts";
import { hostFixture, openText } from "../../testing/host-fixture.ts";
import { handOn, must, start } from "../../testing/live-handoff.ts";
import { memoryKeys } from "../../testing/memory-keys.ts";
import { operator } from "../caller.ts";
import type { Host } from "../host-api.ts";
import { memoryStore } from "../memory-store.ts";

const source = `module paid exposing (Paid)
protocol Paid =
  roles A, B
  rec Loop
    A { guard_capability : "chat:message:send", flow_cost : 5 } -> B : Ask
    B -> A : Back
    continue Loop
`;
const seats = [
  { role: "A", authority: "ada", device: "ada-phone" },
  { role: "B", authority: "bea", device: "bea-phone" },
];

const begin = async (store = memoryStore()) => {
  const keys = memoryKeys();
  const { host } = await hostFixture({ keys, store });
  const { id } = await openText(host, source, { seats, grant: "none" });
  return { host, keys, store, id };
};

const advance = async (host: Host, id: string, times: number): Promise<void> => {
  const inputs = Array.from({ length: times }, () => ({ kind: "advance" as const }));
  must(await host.inputs(operator, id, { inputs }));
};
const rotate = (host: Host, more: Parameters<Host["rotateKey"]>[3] = {}) =>
  host.rotateKey(operator, "ada", "ada-phone", more);
const authority = async (host: Host, id = "ada") => must(await host.authority(id));
const keysOf = async (host: Host) =>
  (await authority(host)).keys
    .filter(({ device }) => device === "ada-phone")
    .map(({ key, epoch, retired }) => ({ key, epoch, last: retired?.epoch, by: retired?.by }));

test("a device signs by its new key from the next epoch on, and what the one before signed holds", async () => {
  const { host, id } = await begin();
  await advance(host, id, 4);
  const [before] = await keysOf(host);
  const old = before?.key ?? "";
  const view = must(await rotate(host, { epoch: 0, reason: "lost" }));
  const now = view.devices.find((one) => one.id === "ada-phone")?.key ?? "";
  expect(now).not.toBe(old);
  expect(view.epoch).toBe(1);
  expect(await keysOf(host)).toEqual([
    { key: old, epoch: 0, last: 0, by: now },
    { key: now, epoch: 1, last: undefined, by: undefined },
  ]);
  await advance(host, id, 4);
  const receipts = must(await host.receipts("ada", {})).items;
  expect(receipts.map(({ receipt, verified }) => [receipt.seal.key, receipt.charge.epoch, verified])).toEqual(
    [
      [now, 1, true],
      [old, 0, true],
    ],
  );
  expect(must(await host.replay(id)).findings).toEqual([]);
  expect(must(await host.audit(id)).findings).toEqual([]);
});

test("every budget starts at nothing spent in the epoch that a rotation begins, and its history says so", async () => {
  const { host, id } = await begin();
  await advance(host, id, 4);
  must(await rotate(host));
  const [budget] = (await authority(host)).budgets;
  expect(budget).toMatchObject({ spent: 0, epoch: 1 });
  const history = must(await host.budgetHistory("ada", {})).items;
  expect(history.map(({ kind, spent, epoch }) => [kind, spent, epoch])).toEqual([
    ["charged", 5, 0],
    ["epoch", 0, 1],
  ]);
});

test("the tokens of the device stay as they are: the root key signed them", async () => {
  const { host, id } = await begin();
  const { tokens, devices } = await authority(host);
  must(await rotate(host));
  const after = await authority(host);
  expect(after.tokens).toEqual(tokens);
  expect(after.devices.map(({ token }) => token)).toEqual(devices.map(({ token }) => token));
  await advance(host, id, 4);
  expect(must(await host.sessionReceipts(id)).total).toBe(1);
});

test("the leaf of the tree is replaced and its epoch rotates, each operation attested as the tree asks", async () => {
  const { host, store } = await begin();
  const before = (await authority(host)).tree;
  must(await rotate(host));
  const { tree, devices, keys, journal } = await authority(host);
  expect(tree?.epoch).toBe((before?.epoch ?? 0) + 1);
  expect(tree?.leaves.map(({ publicKey }) => publicKey).sort()).toEqual(devices.map(({ key }) => key).sort());
  const root = keys.find(({ purpose }) => purpose === "root")?.key ?? "";
  const entries = await store.read("ada", 0, 1_000);
  const facts = entries.flatMap(({ entry: { input } }) =>
    input.kind === "authority.facts" ? input.facts : [],
  );
  expect(facts).toHaveLength(journal.facts);
  let accepted = emptyAuthorityTree;
  for (const one of operationsOf(facts)) {
    const step = acceptOperation("ada", accepted, one, (bytes, signature) =>
      verify(root, bytes, hexToBytes(signature)),
    );
    if (!step.ok) throw new Error(step.error.variant);
    accepted = step.tree;
  }
  expect(accepted.epoch).toBe(tree?.epoch);
});

/** The last receipt of ada's with another epoch, signed by a key of this name. */
const forged = (receipt: ReceiptJson, name: string, epoch: number): ReceiptJson => {
  const keys = memoryKeys();
  const key = keys.create(name);
  const { device } = receipt.seal;
  const batch = sealBatch([{ ...receipt.charge, epoch }], {
    key,
    device,
    sign: (bytes) => keys.sign(name, bytes),
  });
  const [made] = receiptsOf(batch);
  if (made === undefined) throw new Error("no receipt");
  return { ...made, path: [...made.path] };
};

test("what the old key signs of the new epoch is refused, and what the new one signs of the old", async () => {
  const { host, id } = await begin();
  must(await rotate(host));
  await advance(host, id, 4);
  const receipt = must(await host.receipts("ada", {})).items[0]?.receipt;
  if (receipt === undefined) throw new Error("no receipt");
  const { key } = receipt.seal;
  expect(forged(receipt, "device.1:ada-phone", 1).seal.key).toBe(key);
  for (const [name, epoch] of [
    ["device:ada-phone", 1],
    ["device.1:ada-phone", 0],
  ] as const)
    expect(await host.checkReceipt(operator, forged(receipt, name, epoch))).toMatchObject({
      ok: false,
      error: { kind: "forged-receipt", step: "key" },
    });
});

test("handoffs signed before and after the keys of both sides were rotated verify", async () => {
  const { host, id } = await start();
  must(await handOn(host, id, "bea"));
  must(await rotate(host));
  must(await host.rotateKey(operator, "bea", "bea-phone", {}));
  must(await handOn(host, id, "ada"));
  must(await rotate(host));
  const { receipts } = must(await host.ownership(id));
  expect(receipts.map(({ verified }) => verified)).toEqual([true, true]);
  const signers = receipts.flatMap(({ signatures }) => signatures.map(({ key }) => key));
  expect(new Set(signers).size).toBe(4);
});

test("the secret half of a replaced key is deleted, also when a start finds it there", async () => {
  const { host, keys, store } = await begin();
  must(await rotate(host));
  must(await rotate(host));
  const names = ["device:ada-phone", "device.1:ada-phone", "device.2:ada-phone"];
  expect(names.map((name) => keys.publicKey(name) !== undefined)).toEqual([false, false, true]);
  keys.create("device.1:ada-phone");
  const { head } = await authority(host);
  await host.close();
  const later = await hostFixture({ store, keys });
  expect((await authority(later.host)).head).toBe(head);
  expect(keys.publicKey("device.1:ada-phone")).toBeUndefined();
});

test("a key store that lost the key gets another of the same place, which signs", async () => {
  const { host, store, id } = await begin();
  must(await rotate(host));
  await host.close();
  const keys = memoryKeys("another");
  const later = await hostFixture({ store, keys });
  const [, , bound] = await keysOf(later.host);
  expect(bound).toMatchObject({ key: keys.publicKey("device.1:ada-phone"), epoch: 1 });
  must(await rotate(later.host));
  expect(keys.publicKey("device.2:ada-phone")).toBe((await keysOf(later.host)).at(-1)?.key);
  await advance(later.host, id, 4);
  expect(must(await later.host.receipts("ada", {})).items.map(({ verified }) => verified)).toEqual([true]);
});

test("a rotation whose commit fails changes nothing, and the next try is one", async () => {
  const failing = failingStore(memoryStore());
  const { host, id, keys } = await begin(failing.store as ReturnType<typeof memoryStore>);
  const before = await authority(host);
  failing.fail({ kind: "full" });
  expect(await rotate(host)).toMatchObject({ ok: false, error: { kind: "store-full" } });
  failing.fail(undefined);
  expect(await authority(host)).toEqual(before);
  await advance(host, id, 4);
  must(await rotate(host));
  await advance(host, id, 4);
  expect(must(await host.receipts("ada", {})).items.every(({ verified }) => verified)).toBe(true);
  expect(keys.publicKey("device.2:ada-phone")).toBeUndefined();
});

test("an epoch that is not the present one, a strange device and a host without keys are refused", async () => {
  const { host } = await begin();
  const { head } = await authority(host);
  expect(await rotate(host, { epoch: 4 })).toMatchObject({ ok: false, error: { kind: "wrong-epoch" } });
  expect(await host.rotateKey(operator, "ada", "bea-phone", {})).toMatchObject({
    ok: false,
    error: { kind: "not-found" },
  });
  expect((await authority(host)).head).toBe(head);
  const bare = await hostFixture({ keys: undefined, tokens: undefined });
  expect(await rotate(bare.host)).toMatchObject({ ok: false, error: { kind: "guards-not-judged" } });
});

test("asked twice under one idempotency key, a key is rotated once", async () => {
  const { host } = await begin();
  const caller = { ...operator, key: "once" };
  const asked = () => host.rotateKey(caller, "ada", "ada-phone", {});
  must(await asked());
  expect(await asked()).toMatchObject({ ok: true, replayed: true });
  expect((await authority(host)).epoch).toBe(1);
});
