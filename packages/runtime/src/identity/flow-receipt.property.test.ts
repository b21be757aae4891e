import fc from "fast-check";
import { expect, test } from "vitest";
import { memoryKeys } from "../testing/memory-keys.ts";
import {
  type FlowReceipt,
  flowReceiptTranscript,
  signFlowReceipt,
  verifyFlowReceipt,
} from "./flow-receipt.ts";

const receipt: FlowReceipt = {
  context: "ctx:s-1",
  source: "ada",
  destination: "bob",
  epoch: 1,
  cost: 50,
  nonce: 50,
  prev: "0".repeat(64),
};
const keys = memoryKeys();
const key = keys.create("device:ada-phone");
const signature = signFlowReceipt(receipt, "flow", "device:ada-phone", keys);

test("a receipt verifies, and with any bit of its signature flipped does not", () => {
  expect(verifyFlowReceipt(receipt, "flow", signature, key)).toBe(true);
  fc.assert(
    fc.property(fc.nat(signature.length * 8 - 1), (bit) => {
      const flipped = signature.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(verifyFlowReceipt(receipt, "flow", flipped, key)).toBe(false);
    }),
    { numRuns: 60 },
  );
});

test("a signature is of one receipt, one scope and one key", () => {
  const others: readonly Partial<FlowReceipt>[] = [
    { context: "ctx:s-2" },
    { source: "bob" },
    { destination: "ada" },
    { epoch: 2 },
    { cost: 51 },
    { nonce: 51 },
    { prev: "1".repeat(64) },
  ];
  for (const other of others)
    expect(verifyFlowReceipt({ ...receipt, ...other }, "flow", signature, key)).toBe(false);
  expect(verifyFlowReceipt(receipt, "transport", signature, key)).toBe(false);
  expect(verifyFlowReceipt(receipt, "flow", signature, keys.create("device:eve"))).toBe(false);
  expect(verifyFlowReceipt(receipt, "flow", signature.slice(1), key)).toBe(false);
});

test("numbers without a place in the transcript are no receipt", () => {
  for (const wrong of [{ cost: 2 ** 32 }, { cost: -1 }, { epoch: 1.5 }, { nonce: 2 ** 53 }])
    expect(() => flowReceiptTranscript({ ...receipt, ...wrong }, "flow")).toThrow(RangeError);
});
