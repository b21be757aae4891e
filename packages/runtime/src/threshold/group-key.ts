import { ed25519_FROST } from "@noble/curves/ed25519.js";
import { decodeCanonical, encodeCanonical, type PublicKey } from "@parley/wire";

/** Random bytes, from the host's port or a seeded source. */
export type RandomBytes = (count: number) => Uint8Array;

/** The public side of a shared key: what everybody may know of it. Points are hex. */
export interface GroupKey {
  readonly threshold: number;
  /** Sorted. */
  readonly participants: readonly string[];
  /** Verifies signatures as any Ed25519 key does. */
  readonly publicKey: PublicKey;
  /** Commitments to the polynomial; the first is the public key. */
  readonly commitments: readonly string[];
  /** What one participant's shares are checked against. */
  readonly verifyingShares: { readonly [participant: string]: string };
}

export const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
export const unhex = (text: string): Uint8Array =>
  Uint8Array.from({ length: text.length / 2 }, (_, index) =>
    Number.parseInt(text.slice(2 * index, 2 * index + 2), 16),
  );

/** A participant's place on the polynomial, derived from its name. */
export const identifierOf = (participant: string): string => ed25519_FROST.Identifier.derive(participant);

/** A participant's secret share, for the key store only. */
export interface KeyShare {
  readonly participant: string;
  readonly share: Uint8Array;
}

export const encodeShare = ({ participant, share }: KeyShare): Uint8Array =>
  encodeCanonical({ participant, share });
export const decodeShare = (bytes: Uint8Array): KeyShare => decodeCanonical(bytes) as unknown as KeyShare;

type FrostPublic = Parameters<typeof ed25519_FROST.signShare>[1];

/** The library's form of a group key. */
export const frostPublic = (group: GroupKey): FrostPublic => ({
  signers: { min: group.threshold, max: group.participants.length },
  commitments: group.commitments.map(unhex),
  verifyingShares: Object.fromEntries(
    Object.entries(group.verifyingShares).map(([name, share]) => [identifierOf(name), unhex(share)]),
  ),
});

/** A group key from the library's form. */
export const groupKeyOf = (frost: FrostPublic, participants: readonly string[]): GroupKey => {
  const sorted = [...participants].sort();
  const commitments = frost.commitments.map((one) => hex(one));
  return {
    threshold: frost.signers.min,
    participants: sorted,
    publicKey: commitments[0] ?? "",
    commitments,
    verifyingShares: Object.fromEntries(
      sorted.map((name) => [name, hex(frost.verifyingShares[identifierOf(name)] ?? new Uint8Array())]),
    ),
  };
};
