import type { AuthorityInput, PublicKey } from "@parley/wire";
import type { BoundKey } from "../../guards/verify-receipt.ts";

/** A public key of an authority or of one of its devices. */
export interface KeyRecord {
  readonly key: PublicKey;
  readonly purpose: "root" | "device";
  readonly device: string | undefined;
  readonly epoch: number;
  /** Seq of the entry that bound it. */
  readonly seq: number;
  /** `epoch` is the last in which it counts. */
  readonly retired: { readonly seq: number; readonly epoch: number; readonly reason: string } | undefined;
}

type KeyInput = Extract<AuthorityInput, { readonly kind: "key.bound" | "key.retired" }>;

/** One step of the fold; retiring a key nobody bound changes nothing. */
export const foldKey = (
  keys: readonly KeyRecord[],
  input: KeyInput,
  at: { readonly seq: number; readonly epoch: number },
): readonly KeyRecord[] => {
  const { seq, epoch } = at;
  if (input.kind === "key.retired") {
    const retired = { seq, epoch, reason: input.reason };
    return keys.map((one) =>
      one.key === input.key && one.retired === undefined ? { ...one, retired } : one,
    );
  }
  const { key, purpose, device, epoch: from } = input;
  if (keys.some((one) => one.key === key && one.purpose === purpose && one.device === device)) return keys;
  return [...keys, { key, purpose, device, epoch: from, seq, retired: undefined }];
};

/** The device keys as a verifier of receipts takes them. */
export const boundKeys = (keys: readonly KeyRecord[]): readonly BoundKey[] =>
  keys.flatMap(({ key, device, epoch, retired }) =>
    device === undefined
      ? []
      : [{ key, device, epoch, ...(retired === undefined ? {} : { retired: retired.epoch + 1 }) }],
  );

/** The key in use for a purpose: the last one bound that was not retired. */
export const presentKey = (
  keys: readonly KeyRecord[],
  purpose: KeyRecord["purpose"],
  device?: string,
): PublicKey | undefined =>
  keys.findLast((one) => one.purpose === purpose && one.device === device && one.retired === undefined)?.key;
