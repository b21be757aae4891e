import { hexToBytes } from "@noble/hashes/utils.js";
import type { Charge, Hash, PublicKey } from "@parley/wire";
import { verify } from "../identity/verify-signature.ts";
import { NO_RECEIPT, type Receipt, receiptId } from "./receipt.ts";
import { batchTranscript } from "./receipt-batch.ts";
import { pathRoot, pathSides } from "./receipt-tree.ts";

/** What a receipt is checked for, in the order shown. */
export type ReceiptStepName = "id" | "path" | "root" | "signature" | "key" | "chain" | "nonce";

/** One step of a verification, passed or failed, with the values compared. */
export interface ReceiptStep {
  readonly step: ReceiptStepName;
  readonly ok: boolean;
  /** What was found, for people. */
  readonly detail: string;
  readonly expected?: string;
  readonly actual?: string;
}

/** A key an authority bound to one of its devices: from that epoch on, until it was retired. */
export interface BoundKey {
  readonly key: PublicKey;
  readonly device: string;
  readonly epoch: number;
  /** The first epoch in which it no longer counts. */
  readonly retired?: number;
}

/** As much of the receipt before as the next is compared with: also what pruning leaves of it. */
export interface PreviousReceipt {
  readonly id: Hash;
  readonly charge: Pick<Charge, "context" | "authority" | "peer" | "epoch" | "nonce">;
}

/** What a verifier knows beside the receipt. */
export interface ReceiptContext {
  /** The device keys of the charged authority; a throw-away key of a fork is never among them. */
  readonly keys: readonly BoundKey[];
  /** The receipt before this one of the same (context, authority, peer); none for the first. */
  readonly previous?: PreviousReceipt;
  /** Ids already taken: one of them again is a replay. */
  readonly seen?: ReadonlySet<Hash>;
}

/** The verdict on a receipt: every step, also after one that failed. */
export interface ReceiptVerdict {
  readonly ok: boolean;
  readonly steps: readonly ReceiptStep[];
}

const hex = /^(?:[0-9a-f]{2})*$/;
const isHash = (text: string): boolean => text.length === 64 && hex.test(text);

const compare = (
  step: ReceiptStepName,
  expected: string,
  actual: string,
  same: string,
  other: string,
): ReceiptStep => {
  const ok = expected === actual;
  return { step, ok, detail: ok ? same : other, expected, actual };
};

/** A path can be walked when every hash on it is one; otherwise nothing is hashed. */
const wellFormed = ({ id, path, seal }: Receipt): boolean =>
  isHash(id) && path.every(({ sibling }) => isHash(sibling)) && isHash(seal.root);

/** What is no charge at all (a float, a missing field of a foreign file) has no id. */
const idStep = ({ id, charge }: Receipt): ReceiptStep => {
  try {
    return compare("id", receiptId(charge), id, "The hash of the charge.", "Not the hash of the charge.");
  } catch {
    return { step: "id", ok: false, detail: "The charge has no canonical bytes.", actual: id };
  }
};

const pathStep = (receipt: Receipt): ReceiptStep => {
  const sides = pathSides(receipt.index, receipt.seal.size);
  const found = receipt.path.map(({ side }) => side).join(",");
  if (sides === undefined || !wellFormed(receipt))
    return { step: "path", ok: false, detail: "The path does not belong to a leaf of this batch." };
  return compare(
    "path",
    sides.join(","),
    found,
    `Leaf ${receipt.index} of ${receipt.seal.size}, ${sides.length} hashes to the root.`,
    "The path has another shape than the way from this leaf to the root.",
  );
};

const rootStep = (receipt: Receipt): ReceiptStep =>
  wellFormed(receipt)
    ? compare(
        "root",
        receipt.seal.root,
        pathRoot(receipt.id, receipt.path),
        "Id and path lead to the root of the batch.",
        "Id and path lead to another root.",
      )
    : { step: "root", ok: false, detail: "A hash of the path is malformed." };

const signatureStep = ({ seal }: Receipt): ReceiptStep => {
  const formed = isHash(seal.key) && seal.signature.length === 128 && hex.test(seal.signature);
  const ok = formed && verify(seal.key, batchTranscript(seal), hexToBytes(seal.signature));
  return {
    step: "signature",
    ok,
    detail: ok ? `Signed by ${seal.key}.` : "The root was not signed by the key it names.",
    actual: seal.key,
  };
};

const keyStep = ({ seal, charge }: Receipt, keys: readonly BoundKey[]): ReceiptStep => {
  if (seal.device !== charge.device)
    return compare("key", charge.device, seal.device, "", "Signed for another device than the one charged.");
  const bound = keys.find(({ key, device }) => key === seal.key && device === seal.device);
  if (bound === undefined)
    return {
      step: "key",
      ok: false,
      detail: `${charge.authority} never bound this key to ${seal.device}.`,
      actual: seal.key,
    };
  const ok = bound.epoch <= charge.epoch && charge.epoch < (bound.retired ?? Number.POSITIVE_INFINITY);
  return {
    step: "key",
    ok,
    detail: ok
      ? `Bound to ${seal.device} in epoch ${charge.epoch}.`
      : `Not a key of ${seal.device} in epoch ${charge.epoch}.`,
    actual: seal.key,
  };
};

const samePair = (a: PreviousReceipt, b: PreviousReceipt): boolean =>
  a.charge.context === b.charge.context &&
  a.charge.authority === b.charge.authority &&
  a.charge.peer === b.charge.peer;

const chainStep = (receipt: Receipt, previous: PreviousReceipt | undefined): ReceiptStep => {
  if (previous !== undefined && !samePair(receipt, previous))
    return { step: "chain", ok: false, detail: "The receipt before it belongs to another pair." };
  return compare(
    "chain",
    previous?.id ?? NO_RECEIPT,
    receipt.charge.prev,
    previous === undefined ? "The first receipt of its pair." : "Names the receipt before it.",
    "Names another receipt than the one before it.",
  );
};

const nonceStep = (receipt: Receipt, { previous, seen }: ReceiptContext): ReceiptStep => {
  const { charge } = receipt;
  if (seen?.has(receipt.id))
    return { step: "nonce", ok: false, detail: "This receipt was taken before: a replay." };
  if (previous !== undefined && charge.epoch < previous.charge.epoch)
    return { step: "nonce", ok: false, detail: "Its epoch is before that of the receipt before it." };
  const before = previous?.charge.epoch === charge.epoch ? previous.charge.nonce : 0;
  const least = before + charge.cost;
  const ok = charge.nonce >= least;
  return {
    step: "nonce",
    ok,
    detail: ok
      ? `${charge.nonce} spent in epoch ${charge.epoch} after this charge.`
      : `At least ${least} were spent after this charge, not ${charge.nonce}.`,
    expected: `at least ${least}`,
    actual: String(charge.nonce),
  };
};

/**
 * Checks a receipt step by step: its id is the hash of its charge; the path
 * belongs to its leaf and leads to the root; the root is signed; the key was
 * bound to the charged device in that epoch; it follows the receipt before it,
 * by hash and by nonce. All steps are made, so each can be shown.
 *
 * @example verifyReceipt(receipt, { keys: [{ key, device: "ada-phone", epoch: 0 }] }).ok
 */
export const verifyReceipt = (receipt: Receipt, context: ReceiptContext): ReceiptVerdict => {
  const steps: readonly ReceiptStep[] = [
    idStep(receipt),
    pathStep(receipt),
    rootStep(receipt),
    signatureStep(receipt),
    keyStep(receipt, context.keys),
    chainStep(receipt, context.previous),
    nonceStep(receipt, context),
  ];
  return { ok: steps.every(({ ok }) => ok), steps };
};
