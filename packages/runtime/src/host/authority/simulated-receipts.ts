import { utf8ToBytes } from "@noble/hashes/utils.js";
import { receiptsOf, sealBatch } from "../../guards/receipt-batch.ts";
import { keyName } from "../../identity/key-port.ts";
import { seededKeys } from "../../identity/seeded-keys.ts";
import type { SessionState } from "../session/session-state.ts";
import { type AuthorityState, settled } from "../streams/authority-state.ts";
import { chargeOf } from "./charge-of.ts";
import type { ForkBase } from "./fork-base.ts";
import type { PlacedReceipt } from "./receipt-views.ts";

/**
 * The receipts of a what-if, in the order its messages went out: charges of
 * its overlay under a throw-away key that nobody bound, so that no verifier
 * takes them. Made when somebody looks; nothing of them is kept.
 */
export const simulatedReceipts = (state: SessionState, base: ForkBase): readonly PlacedReceipt[] => {
  const keys = seededKeys(utf8ToBytes(`what-if ${state.stream}`));
  const states = new Map<string, AuthorityState>();
  const where = { context: base.context, session: state.stream };
  return state.simulatedCharges.flatMap((taken) => {
    const { authority, device } = taken;
    const before = states.get(authority) ?? base.begin(authority);
    if (before === undefined) return [];
    const charge = chargeOf(before, taken, where);
    states.set(authority, settled(before, charge, before.seq));
    const name = keyName("device", device);
    const key = keys.create(name);
    const batch = sealBatch([charge], { key, device, sign: (bytes) => keys.sign(name, bytes) });
    return receiptsOf(batch).map((receipt) => ({ receipt, previous: undefined, seq: before.seq, commit: 0 }));
  });
};
