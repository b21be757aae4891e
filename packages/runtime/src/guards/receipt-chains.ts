import type { Charge, Hash } from "@parley/wire";
import { NO_RECEIPT, type Receipt } from "./receipt.ts";
import {
  type BoundKey,
  type PreviousReceipt,
  type ReceiptStepName,
  verifyReceipt,
} from "./verify-receipt.ts";

/** Whose receipts: an authority's, towards a peer, in a context. */
export type ReceiptPair = Pick<Charge, "context" | "authority" | "peer">;

/** The receipts of one pair in order; `anchor` is what the first of them follows, once older ones were pruned. */
export interface ReceiptChain {
  readonly anchor?: PreviousReceipt;
  readonly receipts: readonly Receipt[];
}

/** Receipts by pair: the ReceiptManager of spec/aura-runtime.md §16, as a value. */
export type ReceiptChains = ReadonlyMap<string, ReceiptChain>;

/** Why a receipt is not taken or a chain does not hold. */
export type ReceiptError =
  | { readonly code: "PAR7640"; readonly kind: "receipt-unknown"; readonly id: Hash }
  | {
      readonly code: "PAR7641";
      readonly kind: "receipt-chain-broken";
      readonly id: Hash;
      readonly expected: Hash;
      readonly actual: Hash;
    }
  | {
      readonly code: "PAR7642";
      readonly kind: "receipt-not-verified";
      readonly id: Hash;
      /** The first step that failed. */
      readonly step: ReceiptStepName;
      readonly detail: string;
    }
  | { readonly code: "PAR7643"; readonly kind: "receipt-replayed"; readonly id: Hash };

/** How long receipts are kept unless told otherwise: 7 days, in ms. */
export const RECEIPT_RETENTION = 604_800_000;

const keyOf = ({ context, authority, peer }: ReceiptPair): string =>
  JSON.stringify([context, authority, peer]);

/** The chain of a pair; empty when it has none. */
export const receiptChain = (chains: ReceiptChains, pair: ReceiptPair): ReceiptChain =>
  chains.get(keyOf(pair)) ?? { receipts: [] };

const tailOf = ({ anchor, receipts }: ReceiptChain): PreviousReceipt | undefined => receipts.at(-1) ?? anchor;

/** The next charge of a pair, linked to the last receipt stored. It is not stored: it has to be signed first. */
export const createCharge = (chains: ReceiptChains, draft: Omit<Charge, "prev">): Charge => ({
  ...draft,
  prev: tailOf(receiptChain(chains, draft))?.id ?? NO_RECEIPT,
});

/** A stored receipt by its id. */
export const findReceipt = (chains: ReceiptChains, id: Hash): Receipt | ReceiptError => {
  for (const { receipts } of chains.values()) {
    const found = receipts.find((one) => one.id === id);
    if (found !== undefined) return found;
  }
  return { code: "PAR7640", kind: "receipt-unknown", id };
};

/** Appends a receipt; refused when it is there already or follows another one than the last. */
export const storeReceipt = (
  chains: ReceiptChains,
  receipt: Receipt,
):
  | { readonly ok: true; readonly chains: ReceiptChains }
  | { readonly ok: false; readonly error: ReceiptError } => {
  const { id, charge } = receipt;
  const chain = receiptChain(chains, charge);
  const expected = tailOf(chain)?.id ?? NO_RECEIPT;
  if (charge.prev !== expected) {
    const known = chain.anchor?.id === id || chain.receipts.some((one) => one.id === id);
    return {
      ok: false,
      error: known
        ? { code: "PAR7643", kind: "receipt-replayed", id }
        : { code: "PAR7641", kind: "receipt-chain-broken", id, expected, actual: charge.prev },
    };
  }
  const receipts = [...chain.receipts, receipt];
  return { ok: true, chains: new Map(chains).set(keyOf(charge), { ...chain, receipts }) };
};

/** Verifies every receipt of a pair, each after the one before it; one error per receipt that does not hold. */
export const verifyChain = (
  chains: ReceiptChains,
  pair: ReceiptPair,
  keys: readonly BoundKey[],
): readonly ReceiptError[] => {
  const { anchor, receipts } = receiptChain(chains, pair);
  return receipts.flatMap((receipt, i): readonly ReceiptError[] => {
    const previous = i === 0 ? anchor : receipts[i - 1];
    const { steps } = verifyReceipt(receipt, { keys, ...(previous === undefined ? {} : { previous }) });
    const failed = steps.find(({ ok }) => !ok);
    return failed === undefined
      ? []
      : [
          {
            code: "PAR7642",
            kind: "receipt-not-verified",
            id: receipt.id,
            step: failed.step,
            detail: failed.detail,
          },
        ];
  });
};

/** Drops the receipts at the head of a chain that are older than `before`; the last of them stays as the anchor. */
const pruneChain = (chain: ReceiptChain, before: number): ReceiptChain => {
  const kept = chain.receipts.findIndex(({ charge }) => charge.at >= before);
  const gone = kept < 0 ? chain.receipts.length : kept;
  const last = chain.receipts[gone - 1];
  if (last === undefined) return chain;
  const { context, authority, peer, epoch, nonce } = last.charge;
  return {
    anchor: { id: last.id, charge: { context, authority, peer, epoch, nonce } },
    receipts: chain.receipts.slice(gone),
  };
};

/**
 * Drops receipts made before `before` (session time, ms). Only whole heads of
 * chains go, and of each the id and nonce of the last stay, so that no receipt
 * ever names a predecessor nobody knows.
 *
 * @example pruneReceipts(chains, now - RECEIPT_RETENTION)
 */
export const pruneReceipts = (chains: ReceiptChains, before: number): ReceiptChains =>
  new Map([...chains].map(([key, chain]) => [key, pruneChain(chain, before)]));
