import { bytesToHex } from "@noble/hashes/utils.js";
import { type Charge, encodeCanonical, type Hash, type PublicKey, type ReceiptBatch } from "@parley/wire";
import { type Receipt, receiptId } from "./receipt.ts";
import { receiptTree } from "./receipt-tree.ts";

/** Who signs a batch: a key, the device it signs for, and the signing itself. */
export interface BatchSigner {
  readonly key: PublicKey;
  readonly device: string;
  /** 64 bytes of Ed25519 over the bytes given. */
  sign(bytes: Uint8Array): Uint8Array;
}

/** The bytes a signer signs: the root, how many leaves it covers, the key and its device. */
export const batchTranscript = (seal: {
  readonly root: Hash;
  readonly size: number;
  readonly key: PublicKey;
  readonly device: string;
}): Uint8Array =>
  encodeCanonical({
    domain: "parley.receipt-batch/1",
    root: seal.root,
    size: seal.size,
    key: seal.key,
    device: seal.device,
  });

/**
 * One root over all charges of a commit and signer, signed once (model §5).
 * Throws on no charges.
 *
 * @example sealBatch([charge], { key, device: "ada-phone", sign: (bytes) => keys.sign("device:ada-phone", bytes) })
 */
export const sealBatch = (charges: readonly Charge[], signer: BatchSigner): ReceiptBatch => {
  const { root } = receiptTree(charges.map(receiptId));
  const { key, device } = signer;
  const signature = bytesToHex(signer.sign(batchTranscript({ root, size: charges.length, key, device })));
  return { charges, root, key, device, signature };
};

/** Every receipt of a batch, with its path. Does not check the batch: `verifyReceipt` does. */
export const receiptsOf = (batch: ReceiptBatch): readonly Receipt[] => {
  const { charges, root, key, device, signature } = batch;
  if (charges.length === 0) return [];
  const ids = charges.map(receiptId);
  const tree = receiptTree(ids);
  const seal = { root, size: charges.length, key, device, signature };
  return charges.map((charge, index) => ({
    id: ids[index] ?? "",
    charge,
    index,
    path: tree.path(index),
    seal,
  }));
};
