import { expect, test } from "vitest";
import { sampleReceipts, sampleSigner } from "../testing/sample-charges.ts";
import { NO_RECEIPT, type Receipt } from "./receipt.ts";
import {
  createCharge,
  findReceipt,
  pruneReceipts,
  type ReceiptChains,
  receiptChain,
  storeReceipt,
  verifyChain,
} from "./receipt-chains.ts";

const pair = { context: "ctx:s", authority: "ada", peer: "bob" };
const keys = [{ key: sampleSigner().key, device: "ada-phone", epoch: 0 }];

const stored = (receipts: readonly Receipt[]): ReceiptChains =>
  receipts.reduce<ReceiptChains>((chains, receipt) => {
    const next = storeReceipt(chains, receipt);
    if (!next.ok) throw new Error(next.error.kind);
    return next.chains;
  }, new Map());

test("a receipt names the one stored before it; creating it stores nothing", () => {
  const [first, second] = sampleReceipts(2) as [Receipt, Receipt];
  const { prev: _, ...draft } = second.charge;
  expect(createCharge(new Map(), draft).prev).toBe(NO_RECEIPT);
  const chains = stored([first]);
  expect(createCharge(chains, draft)).toEqual(second.charge);
  expect(receiptChain(chains, pair).receipts).toEqual([first]);
});

test("stored receipts are found by id, others named unknown", () => {
  const receipts = sampleReceipts(3);
  const chains = stored(receipts);
  expect(findReceipt(chains, receipts[1]?.id ?? "")).toBe(receipts[1]);
  expect(findReceipt(chains, "ff")).toEqual({ code: "PAR7640", kind: "receipt-unknown", id: "ff" });
});

test("a receipt out of its place or stored twice is refused", () => {
  const [first, second, third] = sampleReceipts(3) as [Receipt, Receipt, Receipt];
  const chains = stored([first]);
  expect(storeReceipt(chains, third)).toMatchObject({
    ok: false,
    error: { code: "PAR7641", expected: first.id, actual: second.id },
  });
  expect(storeReceipt(chains, first)).toMatchObject({ ok: false, error: { code: "PAR7643", id: first.id } });
});

test("a whole chain verifies, and a changed amount is found at its receipt and step", () => {
  const [first, second, third] = sampleReceipts(3) as [Receipt, Receipt, Receipt];
  expect(verifyChain(stored([first, second, third]), pair, keys)).toEqual([]);
  const forged = { ...second, charge: { ...second.charge, cost: 1 } };
  expect(verifyChain(stored([first, forged, third]), pair, keys)).toMatchObject([
    { code: "PAR7642", id: second.id, step: "id" },
  ]);
  expect(verifyChain(stored([first]), pair, [])).toMatchObject([{ code: "PAR7642", step: "key" }]);
});

test("pruning leaves no receipt whose predecessor nobody knows, and the chain goes on after it", () => {
  const receipts = sampleReceipts(5);
  const [, , third, fourth, fifth] = receipts as [Receipt, Receipt, Receipt, Receipt, Receipt];
  const pruned = pruneReceipts(stored(receipts.slice(0, 4)), fourth.charge.at);
  expect(receiptChain(pruned, pair)).toMatchObject({ anchor: { id: third.id }, receipts: [fourth] });
  expect(verifyChain(pruned, pair, keys)).toEqual([]);
  const grown = storeReceipt(pruned, fifth);
  expect(grown.ok && verifyChain(grown.chains, pair, keys)).toEqual([]);
  expect(storeReceipt(pruned, third)).toMatchObject({ error: { kind: "receipt-replayed" } });
});

test("when all are pruned, the next receipt still follows the last of them", () => {
  const [first, second] = sampleReceipts(2) as [Receipt, Receipt];
  const empty = pruneReceipts(stored([first]), Number.POSITIVE_INFINITY);
  expect(receiptChain(empty, pair).receipts).toEqual([]);
  expect(storeReceipt(empty, second)).toMatchObject({ ok: true });
  expect(pruneReceipts(empty, 0)).toEqual(empty);
});
