import { type Charge, type Hash, hashValue, type ReceiptBatch } from "@parley/wire";

/** The `prev` of the first receipt of a pair. */
export const NO_RECEIPT: Hash = "0".repeat(64);

/** What was signed for the whole batch a receipt came from, without the other charges. */
export interface ReceiptSeal {
  readonly root: Hash;
  /** Leaves under the root. */
  readonly size: number;
  readonly key: ReceiptBatch["key"];
  /** The device the key signs for. */
  readonly device: string;
  readonly signature: string;
}

/** One step from a leaf to the root: the hash beside, and on which side it is. */
export interface PathStep {
  readonly sibling: Hash;
  readonly side: "left" | "right";
}

/** A charge with its way to a signed root: can be checked by anybody who has the keys of the authority. */
export interface Receipt {
  readonly id: Hash;
  readonly charge: Charge;
  readonly index: number;
  readonly path: readonly PathStep[];
  readonly seal: ReceiptSeal;
}

const ids = new WeakMap<Charge, Hash>();

/** The id of a receipt: a hash of every field of its charge, worked out once for each. */
export const receiptId = (charge: Charge): Hash => {
  const known = ids.get(charge) ?? hashValue("parley.receipt/1", charge);
  ids.set(charge, known);
  return known;
};
