import type { Charge } from "@parley/wire";
import fc from "fast-check";
import { expect, test } from "vitest";
import { sampleCharges, sampleReceipts, sampleSigner } from "../testing/sample-charges.ts";
import { turnBit } from "../testing/turn-bit.ts";
import { type Receipt, receiptId } from "./receipt.ts";
import { receiptsOf, sealBatch } from "./receipt-batch.ts";
import { type ReceiptContext, verifyReceipt } from "./verify-receipt.ts";

const signer = sampleSigner();
const { key, device } = signer;
const charges = sampleCharges;
const batch = sampleReceipts;

const context = (previous?: Receipt): ReceiptContext => ({
  keys: [{ key, device, epoch: 1 }],
  ...(previous === undefined ? {} : { previous }),
});

const failed = (receipt: Receipt, by: ReceiptContext): readonly string[] =>
  verifyReceipt(receipt, by)
    .steps.filter(({ ok }) => !ok)
    .map(({ step }) => step);

test.each([1, 2, 3, 5, 8, 13])("every receipt of a batch of %i verifies, in its chain", (size) => {
  const receipts = batch(size);
  expect(receipts.flatMap((one, i) => failed(one, context(receipts[i - 1])))).toEqual([]);
});

test("a receipt with any bit changed is rejected", () => {
  const receipts = batch(5);
  fc.assert(
    fc.property(fc.nat(4), fc.nat(), fc.nat(10_000), (index, leaf, bit) => {
      const forged = turnBit(receipts[index] as Receipt, leaf, bit);
      expect(verifyReceipt(forged, context(receipts[index - 1])).ok).toBe(false);
    }),
    { numRuns: 200 },
  );
});

test("each kind of forgery fails at its own step", () => {
  const [first, second, third] = batch(3) as [Receipt, Receipt, Receipt];
  const good = context(first);
  expect(failed({ ...second, id: third.id }, good)).toEqual(["id", "root"]);
  expect(failed({ ...second, path: third.path }, good)).toEqual(["path", "root"]);
  expect(failed({ ...second, index: 0 }, good)).toEqual(["path"]);
  expect(failed({ ...second, seal: { ...second.seal, size: 2 } }, good)).toEqual(["path", "signature"]);
  expect(failed({ ...second, seal: { ...second.seal, root: third.id } }, good)).toEqual([
    "root",
    "signature",
  ]);
  expect(failed(third, good)).toEqual(["chain"]);
  expect(failed(second, context())).toEqual(["chain"]);
  expect(failed(second, { ...good, seen: new Set([second.id]) })).toEqual(["nonce"]);
  expect(failed(second, { keys: [], previous: first })).toEqual(["key"]);
});

test("a key counts from the epoch it was bound in until it is retired", () => {
  const [receipt] = batch(1) as [Receipt];
  const bound = (epoch: number, retired?: number): ReceiptContext => ({
    keys: [{ key, device, epoch, ...(retired === undefined ? {} : { retired }) }],
  });
  expect(failed(receipt, bound(3))).toEqual(["key"]);
  expect(failed(receipt, bound(0, 2))).toEqual(["key"]);
  expect(failed(receipt, bound(2, 3))).toEqual([]);
});

test("a throw-away key of a fork is refused: it was never bound to the device", () => {
  const simulated = sealBatch(charges([1]), sampleSigner(9));
  expect(failed(receiptsOf(simulated)[0] as Receipt, context())).toEqual(["key"]);
});

test("a receipt signed for another device than the one charged is refused", () => {
  const other = sealBatch(charges([1]), { ...signer, device: "ada-laptop" });
  const keys = [{ key, device: "ada-laptop", epoch: 0 }];
  expect(failed(receiptsOf(other)[0] as Receipt, { keys })).toEqual(["key"]);
});

test("an earlier epoch, or less spent than before plus the cost, is no successor", () => {
  const [first, second] = charges([5, 5]) as [Charge, Charge];
  const seal = (charge: Charge): Receipt => receiptsOf(sealBatch([charge], signer))[0] as Receipt;
  const previous = seal(first);
  expect(failed(seal({ ...second, nonce: 9 }), context(previous))).toEqual(["nonce"]);
  expect(failed(seal({ ...second, epoch: 1 }), context(previous))).toEqual(["nonce"]);
  expect(failed(seal({ ...second, epoch: 3, nonce: 5 }), context(previous))).toEqual([]);
});

test("a batch without charges has no receipts and is not sealed", () => {
  expect(() => sealBatch([], signer)).toThrow();
});

test("the id of a receipt, the root of a batch and its signature are what they always were", () => {
  const [one, two] = charges([1, 2]) as [Charge, Charge];
  const { root, signature } = sealBatch([one, two], signer);
  expect([receiptId(one), receiptId(two), root, signature]).toMatchInlineSnapshot(`
    [
      "dfca0d53735bda723521cea3ece67e92e809a9016a44edd63bd729aa3cb84239",
      "6d55439010893068fa115539ba1b84dded8cb91cb8906e6fd08c8744e68fa853",
      "4ed446936a4e8ad8713bfd3608d9f24debe84f4e602886ae4e5b77241a7a66ca",
      "7e5d86c8a4773bb9647ebdcc898dba4348f55edff0995df844a685a3b2af9ccdd3ad584aba6b61e30c1537eea5af52bea03d0738e3d18ae76f02aa344c726c0d",
    ]
  `);
});
