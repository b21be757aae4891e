import type { AuthorityInput, PublicKey } from "@parley/wire";
import type { BoundKey } from "../../guards/verify-receipt.ts";
import { keyName } from "../../identity/key-port.ts";

/** A public key of an authority or of one of its devices. */
export interface KeyRecord {
  readonly key: PublicKey;
  readonly purpose: "root" | "device";
  readonly device: string | undefined;
  readonly epoch: number;
  /** Seq of the entry that bound it. */
  readonly seq: number;
  /** How many rotations went before it: part of its name in the key store. */
  readonly turn: number;
  /** `epoch` is the last in which it counts; `by` the key that a rotation put in its place. */
  readonly retired:
    | { readonly seq: number; readonly epoch: number; readonly reason: string; readonly by?: PublicKey }
    | undefined;
}

type KeyInput = Extract<AuthorityInput, { readonly kind: "key.bound" | "key.retired" | "key.rotated" }>;

const foldRotation = (
  keys: readonly KeyRecord[],
  input: Extract<KeyInput, { readonly kind: "key.rotated" }>,
  seq: number,
): readonly KeyRecord[] => {
  const { device, key, replaces, epoch, reason } = input;
  const old = keys.find((one) => one.device === device && one.key === replaces && one.retired === undefined);
  if (old === undefined || keys.some((one) => one.device === device && one.key === key)) return keys;
  const retired = { seq, epoch: epoch - 1, reason, by: key };
  return [
    ...keys.map((one) => (one === old ? { ...one, retired } : one)),
    { key, purpose: "device", device, epoch, seq, turn: old.turn + 1, retired: undefined },
  ];
};

/** The turn of an owner's last key: a key in place of one that the key store lost has the name that one had. */
const turnOf = (keys: readonly KeyRecord[], purpose: KeyRecord["purpose"], device?: string): number =>
  keys.findLast((one) => one.purpose === purpose && one.device === device)?.turn ?? 0;

/** One step of the fold; retiring or replacing a key that is not bound changes nothing. */
export const foldKey = (
  keys: readonly KeyRecord[],
  input: KeyInput,
  at: { readonly seq: number; readonly epoch: number },
): readonly KeyRecord[] => {
  const { seq, epoch } = at;
  if (input.kind === "key.rotated") return foldRotation(keys, input, seq);
  if (input.kind === "key.retired") {
    const retired = { seq, epoch, reason: input.reason };
    return keys.map((one) =>
      one.key === input.key && one.retired === undefined ? { ...one, retired } : one,
    );
  }
  const { key, purpose, device, epoch: from } = input;
  if (keys.some((one) => one.key === key && one.purpose === purpose && one.device === device)) return keys;
  const turn = turnOf(keys, purpose, device);
  return [...keys, { key, purpose, device, epoch: from, seq, turn, retired: undefined }];
};

/** The device keys as a verifier of receipts takes them. */
export const boundKeys = (keys: readonly KeyRecord[]): readonly BoundKey[] =>
  keys.flatMap(({ key, device, epoch, retired }) =>
    device === undefined
      ? []
      : [{ key, device, epoch, ...(retired === undefined ? {} : { retired: retired.epoch + 1 }) }],
  );

/** The record of the key in use for a purpose: the last one bound that was not retired. */
export const presentKeyRecord = (
  keys: readonly KeyRecord[],
  purpose: KeyRecord["purpose"],
  device?: string,
): KeyRecord | undefined =>
  keys.findLast((one) => one.purpose === purpose && one.device === device && one.retired === undefined);

/** The key in use for a purpose. */
export const presentKey = (
  keys: readonly KeyRecord[],
  purpose: KeyRecord["purpose"],
  device?: string,
): PublicKey | undefined => presentKeyRecord(keys, purpose, device)?.key;

/** The name under which the key store has a device's last key: that of its first while none was bound. */
export const deviceKeyName = (keys: readonly KeyRecord[], device: string): string =>
  keyName("device", device, turnOf(keys, "device", device));

/** The names of keys that rotations replaced: nothing is signed with them again. */
export const replacedKeyNames = (keys: readonly KeyRecord[]): readonly string[] =>
  keys.flatMap(({ device, turn, retired }) =>
    device === undefined || retired?.by === undefined ? [] : [keyName("device", device, turn)],
  );
