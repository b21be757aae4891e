import { bytesToHex } from "@noble/hashes/utils.js";
import type { HandoffSignature, SeatBinding } from "@parley/wire";
import { keyName } from "../../identity/key-port.ts";
import { type HandoffReceipt, handoffTranscript } from "../../reconfiguration/index.ts";
import type { HostCore } from "../core.ts";
import { presentKey } from "../streams/key-records.ts";

/** The device that signs for an authority, with the key it is bound by. */
export interface Signer {
  readonly device: string;
  readonly key: string;
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
    if (key !== undefined && key === keys.publicKey(keyName("device", device))) return { device, key };
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
  const { device, key } = signer;
  const epoch = core.authorities.get(authority)?.tentative.budgets.epoch ?? 0;
  const transcript = handoffTranscript(receipt.id, { role, authority, device, epoch });
  const signature = bytesToHex(keys.sign(keyName("device", device), transcript));
  return { role, authority, device, key, epoch, signature };
};
