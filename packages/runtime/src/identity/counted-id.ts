const U32 = 0xffff_ffff;

/** Why a number is no id of its kind; the texts are the reference's (spec/aura-state.md §1.3). */
export type CountedIdError =
  | "Epoch overflow"
  | "Participant ID must be non-zero"
  | "Participant ID must fit 16 bits"
  | "Invalid flow cost";

/** A number that is one, or why not. */
export type CountedIdResult =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly error: CountedIdError };

const bad = (error: CountedIdError): CountedIdResult => ({ ok: false, error });

/** The epoch after this one. Epochs are whole numbers up to 2^53 − 1 here, 2^64 − 1 in the reference. */
export const nextEpoch = (epoch: number): CountedIdResult =>
  epoch >= Number.MAX_SAFE_INTEGER ? bad("Epoch overflow") : { ok: true, value: epoch + 1 };

/** A participant of a threshold group: 1 to 65,535. */
export const frostParticipant = (value: number): CountedIdResult => {
  if (value === 0) return bad("Participant ID must be non-zero");
  const fits = Number.isInteger(value) && value > 0 && value <= 0xffff;
  return fits ? { ok: true, value } : bad("Participant ID must fit 16 bits");
};

/** What a send costs: 0 to 2^32 − 1. */
export const flowCost = (value: number): CountedIdResult =>
  Number.isInteger(value) && value >= 0 && value <= U32 ? { ok: true, value } : bad("Invalid flow cost");

/** How counted ids are shown. */
export const showEpoch = (epoch: number): string => `epoch-${epoch}`;
export const showNonce = (nonce: number): string => `nonce-${nonce}`;
export const showLeaf = (leaf: number): string => `Leaf#${leaf}`;
export const showNode = (node: number): string => `Node#${node}`;
