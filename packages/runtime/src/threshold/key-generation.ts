import { ed25519_FROST } from "@noble/curves/ed25519.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { type GroupKey, type Hash, hashValue } from "@parley/wire";
import { groupKeyOf, identifierOf, type KeyShare, type RandomBytes } from "./group-key.ts";
import type { ThresholdConfig } from "./threshold-config.ts";
import { type ThresholdResult, thresholdRefused } from "./threshold-error.ts";

type Secret = ReturnType<typeof ed25519_FROST.DKG.round1>["secret"];
type Round1 = ReturnType<typeof ed25519_FROST.DKG.round1>["public"];
type Round2 = ReturnType<typeof ed25519_FROST.DKG.round2>[string];

/** What a participant tells everybody in the first round. Points and proof are hex. */
export interface DealerBroadcast {
  readonly dealer: string;
  readonly commitment: readonly string[];
  readonly proof: string;
}

/** A participant between the rounds; its secret never leaves it. */
export interface Dealer {
  readonly name: string;
  readonly broadcast: DealerBroadcast;
  readonly secret: Secret;
  readonly round1: Round1;
}

/** First round: a polynomial of one's own, committed to, with a proof of knowing it. */
export const dealKey = (name: string, config: ThresholdConfig, random: RandomBytes): Dealer => {
  const signers = { min: config.threshold, max: config.participants.length };
  const dealt = ed25519_FROST.DKG.round1(identifierOf(name), signers, undefined, (count) =>
    random(count ?? 32),
  );
  return {
    name,
    secret: dealt.secret,
    round1: dealt.public,
    broadcast: {
      dealer: name,
      commitment: dealt.public.commitment.map((point) => bytesToHex(point)),
      proof: bytesToHex(dealt.public.proofOfKnowledge),
    },
  };
};

/** What came of a key generation: public, except the shares. */
export interface GeneratedKey {
  readonly group: GroupKey;
  readonly shares: readonly KeyShare[];
  readonly transcript: Hash;
}

/** Names what everybody said in public: the same for all who took part. */
export const dkgTranscript = (config: ThresholdConfig, broadcasts: readonly DealerBroadcast[]): Hash =>
  hashValue("parley.dkg/1", {
    threshold: config.threshold,
    participants: [...config.participants].sort(),
    broadcasts: [...broadcasts].sort((a, b) => (a.dealer < b.dealer ? -1 : 1)),
  });

/**
 * Second and third round of everybody, where one machine hosts all: each
 * sends every other a share of its polynomial, checks what it was sent against
 * the commitments, and adds up. No share is anybody's whole key, and nobody
 * deals it (FROST, RFC 9591; key generation after Pedersen).
 *
 * @returns `InvalidDkgPackage` naming a dealer whose proof or shares do not
 * fit what it committed to.
 */
export const finishKeyGeneration = (
  config: ThresholdConfig,
  dealers: readonly Dealer[],
): ThresholdResult<GeneratedKey> => {
  const missing = config.participants.find((name) => !dealers.some((dealer) => dealer.name === name));
  if (missing !== undefined || dealers.length !== config.participants.length)
    return thresholdRefused({
      code: "PAR8903",
      variant: "InvalidDkgPackage",
      dealer: missing ?? "somebody",
      reason: missing === undefined ? "it is not a participant" : "there is none",
    });
  const others = (name: string): readonly Round1[] =>
    dealers.filter((dealer) => dealer.name !== name).map(({ round1 }) => round1);
  const sent = new Map<string, Readonly<Record<string, Round2>>>();
  for (const dealer of dealers) {
    try {
      sent.set(dealer.name, ed25519_FROST.DKG.round2(dealer.secret, [...others(dealer.name)]));
    } catch (cause) {
      return thresholdRefused({
        code: "PAR8903",
        variant: "InvalidDkgPackage",
        dealer: culprit(dealers, dealer.name),
        reason: String(cause),
      });
    }
  }
  const shares: KeyShare[] = [];
  let group: GroupKey | undefined;
  for (const dealer of dealers) {
    const received = [...sent]
      .filter(([name]) => name !== dealer.name)
      .flatMap(([, packages]) => packages[identifierOf(dealer.name)] ?? []);
    try {
      const key = ed25519_FROST.DKG.round3(dealer.secret, [...others(dealer.name)], received);
      shares.push({ participant: dealer.name, share: key.secret.signingShare });
      group = groupKeyOf(key.public, config.participants);
    } catch (cause) {
      return thresholdRefused({
        code: "PAR8903",
        variant: "InvalidDkgPackage",
        dealer: culprit(dealers, dealer.name),
        reason: String(cause),
      });
    }
  }
  if (group === undefined)
    return thresholdRefused({ code: "PAR8902", variant: "InvalidParticipants", reason: "there are none" });
  const transcript = dkgTranscript(
    config,
    dealers.map(({ broadcast }) => broadcast),
  );
  return { ok: true, value: { group, shares, transcript } };
};

/** Whose first message is not what it was: that dealer's own proof fails for everybody else too. */
const culprit = (dealers: readonly Dealer[], finder: string): string =>
  dealers.find(
    ({ name, round1, broadcast }) =>
      name !== finder &&
      (bytesToHex(round1.proofOfKnowledge) !== broadcast.proof ||
        round1.commitment.some((point, index) => bytesToHex(point) !== broadcast.commitment[index])),
  )?.name ?? finder;

/**
 * A shared key among participants who are all hosted here.
 *
 * @example generateKey({ threshold: 2, participants: ["gus", "hal", "fay"] }, random)
 */
export const generateKey = (config: ThresholdConfig, random: RandomBytes): ThresholdResult<GeneratedKey> =>
  finishKeyGeneration(
    config,
    config.participants.map((name) => dealKey(name, config, random)),
  );
