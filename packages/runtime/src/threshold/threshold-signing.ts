import { ed25519, ed25519_FROST } from "@noble/curves/ed25519.js";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import {
  decodeCanonical,
  encodeCanonical,
  type GroupKey,
  type NonceCommitment,
  type SignatureShare,
  type ThresholdSignature,
} from "@parley/wire";
import { frostPublic, identifierOf, type KeyShare, type RandomBytes } from "./group-key.ts";
import { type ThresholdResult, thresholdRefused } from "./threshold-error.ts";

/** A signer's nonces, for the key store until they are used. */
export interface SignerNonces {
  readonly hiding: Uint8Array;
  readonly binding: Uint8Array;
}

export const encodeNonces = (nonces: SignerNonces): Uint8Array => encodeCanonical(nonces);
export const decodeNonces = (bytes: Uint8Array): SignerNonces =>
  decodeCanonical(bytes) as unknown as SignerNonces;

const secretOf = ({ participant, share }: KeyShare) => ({
  identifier: identifierOf(participant),
  signingShare: share,
});

const listOf = (commitments: readonly NonceCommitment[]) =>
  commitments.map(({ signer, hiding, binding }) => ({
    identifier: identifierOf(signer),
    hiding: hexToBytes(hiding),
    binding: hexToBytes(binding),
  }));

/** First round of signing: fresh nonces and what is said of them. */
export const commitNonces = (
  share: KeyShare,
  random: RandomBytes,
): { readonly nonces: SignerNonces; readonly commitment: NonceCommitment } => {
  const { nonces, commitments } = ed25519_FROST.commit(secretOf(share), (count) => random(count ?? 32));
  return {
    nonces: { hiding: nonces.hiding, binding: nonces.binding },
    commitment: {
      signer: share.participant,
      hiding: bytesToHex(commitments.hiding),
      binding: bytesToHex(commitments.binding),
    },
  };
};

/** Second round: this signer's part, over everybody's commitments. Nonces are used up: whoever kept them forgets them. */
export const signShare = (
  group: GroupKey,
  share: KeyShare,
  nonces: SignerNonces,
  commitments: readonly NonceCommitment[],
  message: Uint8Array,
): SignatureShare => ({
  signer: share.participant,
  share: bytesToHex(
    ed25519_FROST.signShare(
      secretOf(share),
      frostPublic(group),
      { hiding: nonces.hiding.slice(), binding: nonces.binding.slice() },
      listOf(commitments),
      message,
    ),
  ),
});

/** Whether a share is its signer's, over this message and these commitments. */
export const verifyShare = (
  group: GroupKey,
  commitments: readonly NonceCommitment[],
  message: Uint8Array,
  { signer, share }: SignatureShare,
): boolean => {
  try {
    return ed25519_FROST.verifyShare(
      frostPublic(group),
      listOf(commitments),
      message,
      identifierOf(signer),
      hexToBytes(share),
    );
  } catch {
    return false;
  }
};

const duplicate = (names: readonly string[]): string | undefined =>
  names.find((name, index) => names.indexOf(name) !== index);

/**
 * Puts the parts together (spec/aura-state.md §18): every signer is a
 * participant, once; commitments and shares are of the same signers; as many
 * as the threshold; each share verifies on its own, so that a wrong one is
 * named and not only noticed.
 */
export const aggregateSignature = (
  group: GroupKey,
  commitments: readonly NonceCommitment[],
  message: Uint8Array,
  shares: readonly SignatureShare[],
): ThresholdResult<ThresholdSignature> => {
  const signers = shares.map(({ signer }) => signer);
  const refuse = (signer: string, reason: string): ThresholdResult<ThresholdSignature> =>
    thresholdRefused({ code: "PAR8906", variant: "InvalidShare", signer, reason });
  const twice = duplicate(signers) ?? duplicate(commitments.map(({ signer }) => signer));
  if (twice !== undefined) return refuse(twice, "it signed twice");
  const stranger = signers.find((signer) => !group.participants.includes(signer));
  if (stranger !== undefined) return refuse(stranger, "it is not a participant");
  if (shares.length < group.threshold)
    return thresholdRefused({
      code: "PAR8905",
      variant: "ThresholdNotMet",
      required: group.threshold,
      given: shares.length,
    });
  const uncommitted =
    signers.find((signer) => !commitments.some((one) => one.signer === signer)) ??
    commitments.map(({ signer }) => signer).find((signer) => !signers.includes(signer));
  if (uncommitted !== undefined)
    return refuse(uncommitted, "commitments and shares are not of the same signers");
  const wrong = shares.find((share) => !verifyShare(group, commitments, message, share));
  if (wrong !== undefined) return refuse(wrong.signer, "it does not verify");
  const signature = ed25519_FROST.aggregate(
    frostPublic(group),
    listOf(commitments),
    message,
    Object.fromEntries(shares.map(({ signer, share }) => [identifierOf(signer), hexToBytes(share)])),
  );
  return { ok: true, value: { signature: bytesToHex(signature), commitments, shares } };
};

/** Whether a signature is the group's over this message: plain Ed25519, so the browser checks it too. */
export const verifyGroupSignature = (publicKey: string, message: Uint8Array, signature: string): boolean => {
  try {
    return (
      /^[0-9a-f]{128}$/.test(signature) &&
      ed25519.verify(hexToBytes(signature), message, hexToBytes(publicKey))
    );
  } catch {
    return false;
  }
};

/**
 * Checks a signature with the evidence of who took part: who signed is
 * trusted, distinct and enough, every part verifies, the parts make this very
 * signature, and the group's key accepts it.
 */
export const verifyThresholdProof = (
  group: GroupKey,
  trusted: readonly string[],
  message: Uint8Array,
  proof: ThresholdSignature,
): ThresholdResult<null> => {
  const refuse = (reason: string): ThresholdResult<null> =>
    thresholdRefused({ code: "PAR8907", variant: "InvalidThresholdSignature", reason });
  const stranger = group.participants.find((name) => !trusted.includes(name));
  if (stranger !== undefined) return refuse(`${stranger} is not among the trusted participants`);
  const again = aggregateSignature(group, proof.commitments, message, proof.shares);
  if (!again.ok) return again;
  if (again.value.signature !== proof.signature) return refuse("the parts make another signature");
  return verifyGroupSignature(group.publicKey, message, proof.signature)
    ? { ok: true, value: null }
    : refuse("the group's key does not accept the signature");
};
