import type { AuthorityView, ReceiptJson } from "@parley/wire/http";
import { api } from "../api/api.ts";

const NONE = "0".repeat(64);

/** The device keys of an authority, each with the epochs it counts in; at an entry of its stream those in use then. */
const keysAt = (view: AuthorityView, seq: number | undefined) =>
  view.keys.flatMap(({ key, device, epoch, retired }) => {
    if (device === null || (retired !== null && seq !== undefined && retired.seq <= seq)) return [];
    return [{ key, device, epoch, ...(retired === null ? {} : { retired: retired.epoch + 1 }) }];
  });

/** The receipt before it in its pair; none for the first, or one that is not here. */
const previousOf = async ({ charge }: ReceiptJson): Promise<ReceiptJson | undefined> => {
  if (charge.prev === NONE) return undefined;
  try {
    return (await api.guards.receipt(charge.prev)).receipt;
  } catch {
    // A forged `prev` names none: the chain step then fails.
    return undefined;
  }
};

/**
 * Checks a receipt here, in the browser, by the code the server has: only the
 * keys and the receipt before it come from the server. `seq` is the entry it
 * stands in; without it the epoch it names tells which key may have signed it.
 */
export const verifyInBrowser = async (receipt: ReceiptJson, view: AuthorityView, seq?: number) => {
  // Ed25519 and its curve are fetched when the first receipt is checked.
  const [{ verifyReceipt }, previous] = await Promise.all([
    import("@parley/runtime/guards"),
    previousOf(receipt),
  ]);
  return verifyReceipt(receipt, { keys: keysAt(view, seq), ...(previous === undefined ? {} : { previous }) });
};
