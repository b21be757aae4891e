import { hexToBytes } from "@noble/hashes/utils.js";
import { type HandoffSignature, type Hash, hashValue, type LinkBoundary } from "@parley/wire";
import { type OwnershipReceipt, ownershipReceiptId } from "../ownership/index.ts";
import type { DelegationReceipt } from "./controller.ts";

/** Both receipts of one handoff, as one thing that both sides sign. */
export interface HandoffReceipt {
  readonly id: Hash;
  /** The id of the ownership receipt by itself. */
  readonly ownershipId: Hash;
  readonly ownership: OwnershipReceipt;
  readonly delegation: DelegationReceipt;
  /** The context that keeps the fact. */
  readonly context: string;
  /** A bundle that is absent, read off JSON, may be there as undefined. */
  readonly boundary: Omit<LinkBoundary, "bundle"> & { readonly bundle?: string | undefined };
}

type Parts = Omit<HandoffReceipt, "id" | "ownershipId">;

/** The id of a handoff: equal exactly when every field of both receipts, context and boundary are. */
export const handoffReceiptId = ({ ownership, delegation, context, boundary }: Parts): Hash =>
  hashValue("parley.handoff/1", {
    ownership: ownershipReceiptId(ownership),
    delegation,
    context,
    boundary,
  });

/**
 * The receipt of a handoff.
 *
 * @example handoffReceipt({ ownership, delegation, context: "ctx:s-1", boundary }).id
 */
export const handoffReceipt = (parts: Parts): HandoffReceipt => ({
  ...parts,
  id: handoffReceiptId(parts),
  ownershipId: ownershipReceiptId(parts.ownership),
});

/**
 * What one side signs: the receipt, and who signs it as what in which epoch,
 * so that a signature of the one side never stands for the other's. 32 bytes.
 */
export const handoffTranscript = (
  receipt: Hash,
  { role, authority, device, epoch }: Omit<HandoffSignature, "key" | "signature">,
): Uint8Array =>
  hexToBytes(hashValue("parley.handoff-signature/1", { receipt, role, authority, device, epoch }));
