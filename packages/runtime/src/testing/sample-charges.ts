import { ed25519 } from "@noble/curves/ed25519.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { Charge } from "@parley/wire";
import { NO_RECEIPT, type Receipt, receiptId } from "../guards/receipt.ts";
import { type BatchSigner, receiptsOf, sealBatch } from "../guards/receipt-batch.ts";

const device = "ada-phone";

/** A signer of `ada-phone` whose key follows from one byte: tests only. */
export const sampleSigner = (byte = 7): BatchSigner => {
  const secret = new Uint8Array(32).fill(byte);
  return {
    key: bytesToHex(ed25519.getPublicKey(secret)),
    device,
    sign: (bytes) => ed25519.sign(bytes, secret),
  };
};

/** Charges of one pair in epoch 2, linked, with these costs; one every second from `at` on. */
export const sampleCharges = (costs: readonly number[], at = 1_000): readonly Charge[] => {
  const made: Charge[] = [];
  let spent = 0;
  for (const [tick, cost] of costs.entries()) {
    spent += cost;
    const last = made.at(-1);
    made.push({
      context: "ctx:s",
      authority: "ada",
      device,
      peer: "bob",
      epoch: 2,
      cost,
      nonce: spent,
      prev: last === undefined ? NO_RECEIPT : receiptId(last),
      leakage: { external: 0, neighbor: 1, inGroup: 0 },
      session: "s",
      edgeId: "0",
      label: "SendRequest",
      tick,
      at: at + tick * 1_000,
    });
  }
  return made;
};

/** Receipts of charges 1, 2, … `size`, sealed as one batch. */
export const sampleReceipts = (size: number): readonly Receipt[] =>
  receiptsOf(sealBatch(sampleCharges(Array.from({ length: size }, (_, i) => i + 1)), sampleSigner()));
