import { bytesToHex } from "@noble/hashes/utils.js";
import type { HandoffSignature, SeatBinding } from "@parley/wire";
import { type HandoffReceipt, handoffTranscript } from "../../reconfiguration/index.ts";
import type { HostCore } from "../core.ts";
import { deviceKeyName, presentKey } from "../streams/key-records.ts";

/** The device that signs for an authority, with the key it is bound by and that key's name in the key store. */
export interface Signer {
  readonly device: string;
  readonly key: string;
  readonly name: string;
}

/** The first device of an authority that has its key here: one with a seat in the session before any other. */
export const signerOf = (
  core: HostCore,
  authority: string,
  seats: readonly SeatBinding[],
): Signer | undefined => {
  const keys = core.authority?.keys;
  const state = core.authorities.get(authority)?.tentative;
  if (keys === undefined || state === undefined) return undefined;
  const seated = seats.filter((seat) => seat.authority === authority).map(({ device }) => device);
  for (const device of new Set([...seated, ...state.devices.map(({ id }) => id)])) {
    const key = presentKey(state.keys, "device", device);
    const name = deviceKeyName(state.keys, device);
    if (key !== undefined && key === keys.publicKey(name)) return { device, key, name };
  }
  return undefined;
};

/** One side's signature of a receipt; undefined where it has no device that could sign. */
export const signHandoff = (
  core: HostCore,
  receipt: HandoffReceipt,
  role: HandoffSignature["role"],
  seats: readonly SeatBinding[],
): HandoffSignature | undefined => {
  const authority = role === "from" ? receipt.ownership.fromOwner : receipt.ownership.toOwner;
  const signer = signerOf(core, authority, seats);
  const keys = core.authority?.keys;
  if (signer === undefined || keys === undefined) return undefined;
  const { device, key, name } = signer;
  const epoch = core.authorities.get(authority)?.tentative.budgets.epoch ?? 0;
  const transcript = handoffTranscript(receipt.id, { role, authority, device, epoch });
  const signature = bytesToHex(keys.sign(name, transcript));
  return { role, authority, device, key, epoch, signature };
};
