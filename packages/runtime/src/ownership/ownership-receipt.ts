import { type Hash, hashValue, type OwnerCapability, type OwnerScope } from "@parley/wire";

/** What is kept of one handover of a session (spec/aura-runtime.md §12.6). */
export interface OwnershipReceipt {
  readonly session: string;
  /** The generation the handover made. */
  readonly claim: number;
  readonly fromOwner: string;
  readonly fromGeneration: number;
  readonly toOwner: string;
  readonly toGeneration: number;
  readonly scope: OwnerScope;
}

export const ownershipReceipt = (from: OwnerCapability, to: OwnerCapability): OwnershipReceipt => ({
  session: to.session,
  claim: to.generation,
  fromOwner: from.owner,
  fromGeneration: from.generation,
  toOwner: to.owner,
  toGeneration: to.generation,
  scope: to.scope,
});

/** What is signed and named: equal exactly when every field is. */
export const ownershipReceiptId = (receipt: OwnershipReceipt): Hash =>
  hashValue("parley.ownership/1", receipt);
