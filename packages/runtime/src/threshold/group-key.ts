import { ed25519_FROST } from "@noble/curves/ed25519.js";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { decodeCanonical, encodeCanonical, type GroupKey } from "@parley/wire";

/** Random bytes, from the host's port or a seeded source. */
export type RandomBytes = (count: number) => Uint8Array;

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
  commitments: group.commitments.map(hexToBytes),
  verifyingShares: Object.fromEntries(
    Object.entries(group.verifyingShares).map(([name, share]) => [identifierOf(name), hexToBytes(share)]),
  ),
});

/** A group key from the library's form. */
export const groupKeyOf = (frost: FrostPublic, participants: readonly string[]): GroupKey => {
  const sorted = [...participants].sort();
  const commitments = frost.commitments.map((one) => bytesToHex(one));
  return {
    threshold: frost.signers.min,
    participants: sorted,
    publicKey: commitments[0] ?? "",
    commitments,
    verifyingShares: Object.fromEntries(
      sorted.map((name) => [name, bytesToHex(frost.verifyingShares[identifierOf(name)] ?? new Uint8Array())]),
    ),
  };
};
