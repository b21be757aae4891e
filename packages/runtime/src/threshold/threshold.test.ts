import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addDkgPackage,
  aggregateDkg,
  checkDkgTranscript,
  type DkgConfig,
  type DkgPackage,
  dkgCollection,
} from "./dkg-collection.ts";
import { decodeShare, encodeShare } from "./group-key.ts";
import { dealKey, dkgTranscript, finishKeyGeneration, generateKey } from "./key-generation.ts";
import { commitRotation, noGroupKeys, prepareRotation, rollbackRotation } from "./key-rotation.ts";
import { signingTranscript } from "./signing-transcript.ts";
import { signingMode, thresholdConfig } from "./threshold-config.ts";
import { thresholdErrorText } from "./threshold-error.ts";
import {
  aggregateSignature,
  commitNonces,
  decodeNonces,
  encodeNonces,
  signShare,
  verifyGroupSignature,
  verifyThresholdProof,
} from "./threshold-signing.ts";

const seeded = (seed: number) => {
  let state = seed >>> 0 || 1;
  return (count: number): Uint8Array =>
    Uint8Array.from({ length: count }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state >>> 24;
    });
};
const guardians = ["gus", "hal", "fay"];
const generated = (threshold = 2, participants: readonly string[] = guardians, seed = 7) => {
  const result = generateKey({ threshold, participants }, seeded(seed));
  if (!result.ok) throw new Error(thresholdErrorText(result.error));
  return result.value;
};
const message = signingTranscript("parley.test", 1, { what: "rotate" });

/** A signature by some of the participants, through the bytes the key store keeps. */
const signBy = (key: ReturnType<typeof generated>, signers: readonly string[], text = message, seed = 11) => {
  const random = seeded(seed);
  const begun = signers.map((name) => {
    const share = key.shares.find(({ participant }) => participant === name);
    if (share === undefined) throw new Error(`no share of ${name}`);
    const kept = decodeShare(encodeShare(share));
    const { nonces, commitment } = commitNonces(kept, random);
    return { share: kept, nonces: decodeNonces(encodeNonces(nonces)), commitment };
  });
  const commitments = begun.map(({ commitment }) => commitment);
  const shares = begun.map(({ share, nonces }) => signShare(key.group, share, nonces, commitments, text));
  return { commitments, shares };
};

describe("a shared key", () => {
  test("needs distinct participants, two of them to sign at least, and no more than there are", () => {
    expect(thresholdConfig(1, guardians)).toMatchObject({
      error: { variant: "InvalidThreshold", minimum: 2 },
    });
    expect(thresholdConfig(4, guardians)).toMatchObject({ error: { variant: "InvalidThreshold" } });
    expect(thresholdConfig(2, ["a", "a"])).toMatchObject({ error: { variant: "InvalidParticipants" } });
    expect(thresholdConfig(1, [])).toMatchObject({ error: { variant: "InvalidParticipants" } });
    const single = thresholdConfig(1, ["ada"]);
    expect(single.ok && signingMode(single.value)).toBe("single-signer");
  });

  test("is made by all of them: everybody's first message is in its transcript, and no two makings are alike", () => {
    const config = { threshold: 2, participants: guardians };
    const dealers = guardians.map((name) =>
      dealKey(name, config, seeded(name.length * 31 + name.charCodeAt(0))),
    );
    const first = dkgTranscript(
      config,
      dealers.map(({ broadcast }) => broadcast),
    );
    expect(first).toBe(
      dkgTranscript(
        config,
        [...dealers].reverse().map(({ broadcast }) => broadcast),
      ),
    );
    expect(finishKeyGeneration(config, dealers.slice(1))).toMatchObject({
      error: { variant: "InvalidDkgPackage", dealer: "gus" },
    });
    expect(generated(2, guardians, 1).group.publicKey).not.toBe(generated(2, guardians, 2).group.publicKey);
    expect(generated().group).toMatchObject({ threshold: 2, participants: ["fay", "gus", "hal"] });
  });

  test("is refused when a dealer's proof is not of what it committed to, and the dealer is named", () => {
    const config = { threshold: 2, participants: guardians };
    const dealers = guardians.map((name, index) => dealKey(name, config, seeded(index + 1)));
    const other = dealKey("hal", config, seeded(99));
    const cheated = dealers.map((dealer) =>
      dealer.name === "hal"
        ? { ...dealer, round1: { ...dealer.round1, proofOfKnowledge: other.round1.proofOfKnowledge } }
        : dealer,
    );
    expect(finishKeyGeneration(config, cheated)).toMatchObject({
      error: { variant: "InvalidDkgPackage", dealer: "hal" },
    });
  });
});

describe("a threshold signature", () => {
  test("verifies exactly when as many signed as the threshold says, whoever they are", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 4 }).chain((size) =>
          fc.record({
            size: fc.constant(size),
            threshold: fc.integer({ min: 2, max: size }),
            order: fc.shuffledSubarray(
              Array.from({ length: size }, (_, index) => `p${index}`),
              { minLength: 1 },
            ),
            seed: fc.integer({ min: 1, max: 1_000_000 }),
          }),
        ),
        ({ size, threshold, order, seed }) => {
          const key = generated(
            threshold,
            Array.from({ length: size }, (_, index) => `p${index}`),
            seed,
          );
          if (order.length < threshold) {
            expect(
              aggregateSignature(
                key.group,
                [],
                message,
                order.map((signer) => ({ signer, share: "00" })),
              ),
            ).toMatchObject({
              error: { variant: "ThresholdNotMet", required: threshold, given: order.length },
            });
            return;
          }
          const { commitments, shares } = signBy(key, order, message, seed + 1);
          const signed = aggregateSignature(key.group, commitments, message, shares);
          if (!signed.ok) throw new Error(thresholdErrorText(signed.error));
          expect(verifyGroupSignature(key.group.publicKey, message, signed.value.signature)).toBe(true);
          expect(verifyThresholdProof(key.group, key.group.participants, message, signed.value).ok).toBe(
            true,
          );
        },
      ),
      { numRuns: 12 },
    );
  });

  test("does not verify for another message, another group or with any byte changed", () => {
    const key = generated();
    const { commitments, shares } = signBy(key, ["gus", "fay"]);
    const signed = aggregateSignature(key.group, commitments, message, shares);
    if (!signed.ok) throw new Error(thresholdErrorText(signed.error));
    const { signature } = signed.value;
    expect(
      verifyGroupSignature(key.group.publicKey, signingTranscript("parley.test", 2, {}), signature),
    ).toBe(false);
    expect(verifyGroupSignature(generated(2, guardians, 8).group.publicKey, message, signature)).toBe(false);
    for (let index = 0; index < signature.length; index += 2) {
      const byte = (Number.parseInt(signature.slice(index, index + 2), 16) ^ 1).toString(16).padStart(2, "0");
      const flipped = signature.slice(0, index) + byte + signature.slice(index + 2);
      expect(verifyGroupSignature(key.group.publicKey, message, flipped)).toBe(false);
    }
    expect(verifyGroupSignature(key.group.publicKey, message, "00")).toBe(false);
  });

  test("names who gave a wrong part, who is a stranger and who signed twice", () => {
    const key = generated();
    const { commitments, shares } = signBy(key, ["gus", "hal"]);
    const [gus, hal] = shares as [(typeof shares)[0], (typeof shares)[0]];
    const outcome = (given: typeof shares, over = commitments) => {
      const result = aggregateSignature(key.group, over, message, given);
      return result.ok ? "ok" : [result.error.variant, "signer" in result.error && result.error.signer];
    };
    expect(outcome([gus, { ...hal, share: gus.share }])).toEqual(["InvalidShare", "hal"]);
    expect(outcome([gus, gus])).toEqual(["InvalidShare", "gus"]);
    expect(outcome([gus, { ...hal, signer: "zed" }])).toEqual(["InvalidShare", "zed"]);
    expect(outcome([gus, { ...hal, signer: "fay" }])).toEqual(["InvalidShare", "fay"]);
    const signed = aggregateSignature(key.group, commitments, message, shares);
    if (!signed.ok) throw new Error("not signed");
    expect(verifyThresholdProof(key.group, ["gus", "hal"], message, signed.value)).toMatchObject({
      error: { variant: "InvalidThresholdSignature" },
    });
  });
});

describe("a rotation", () => {
  test("prepares a key that is inert until it is committed, and an old one that still verifies", () => {
    const first = generated(2, guardians, 1).group;
    const second = generated(2, guardians, 2).group;
    expect(commitRotation(noGroupKeys, 1)).toMatchObject({ error: { variant: "NotPrepared" } });
    const begun = commitRotation(prepareRotation(noGroupKeys, first), 1);
    if (!begun.ok) throw new Error("not committed");
    const pending = prepareRotation(begun.value, second);
    expect(pending).toMatchObject({ active: { epoch: 1, group: first }, pending: { epoch: 2 } });
    expect(commitRotation(pending, 3)).toMatchObject({ error: { variant: "NotPrepared", epoch: 3 } });
    expect(rollbackRotation(pending, 2)).toEqual(begun.value);
    expect(rollbackRotation(pending, 9)).toEqual(pending);
    expect(commitRotation(pending, 2)).toMatchObject({
      value: { active: { epoch: 2, group: second, mode: "ConsensusFinalized" }, retired: [{ epoch: 1 }] },
    });
  });
});

describe("a collection of key packages", () => {
  const config: DkgConfig = {
    epoch: 3,
    threshold: 2,
    maxSigners: 3,
    membershipHash: "a",
    cutoff: 100,
    prestateHash: "b",
    operationHash: "c",
    participants: guardians,
  };
  const from = (dealer: string, over: Partial<DkgPackage> = {}): DkgPackage => ({
    dealer,
    commitment: ["aa"],
    proof: "bb",
    sealed: Object.fromEntries(guardians.map((name) => [name, "cc"])),
    ...over,
  });
  const begun = () => {
    const result = dkgCollection(config);
    if (!result.ok) throw new Error("refused");
    return result.value;
  };

  test("wants one whole package a dealer in time; a second replaces the first", () => {
    for (const wrong of [from("zed"), from("gus", { proof: "" }), from("gus", { sealed: { gus: "cc" } })])
      expect(addDkgPackage(begun(), wrong, 1)).toMatchObject({ error: { variant: "InvalidDkgPackage" } });
    expect(addDkgPackage(begun(), from("gus"), 101)).toMatchObject({
      error: { variant: "InvalidDkgPackage" },
    });
    const once = addDkgPackage(begun(), from("gus"), 1);
    if (!once.ok) throw new Error("refused");
    expect(once.value.accepted).toBe(true);
    expect(addDkgPackage(once.value.collection, from("gus", { proof: "dd" }), 2)).toMatchObject({
      value: { accepted: false },
    });
  });

  test("aggregates once, of all or of the threshold, and its transcript hash covers every field", () => {
    let collection = begun();
    for (const name of ["hal", "gus"]) {
      const added = addDkgPackage(collection, from(name), 1);
      if (!added.ok) throw new Error("refused");
      collection = added.value.collection;
    }
    expect(aggregateDkg(begun())).toMatchObject({ error: { variant: "ThresholdNotMet" } });
    const some = aggregateDkg(collection);
    if (!some.ok) throw new Error("refused");
    expect(some.value.transcript.mode).toBe("ThresholdFallback");
    expect(some.value.transcript.packages.map(({ dealer }) => dealer)).toEqual(["gus", "hal"]);
    expect(aggregateDkg(some.value.collection).ok).toBe(false);
    expect(addDkgPackage(some.value.collection, from("fay"), 1).ok).toBe(false);
    expect(checkDkgTranscript(config, some.value.transcript).ok).toBe(true);
    for (const key of Object.keys(config))
      expect(checkDkgTranscript({ ...config, [key]: "x" } as DkgConfig, some.value.transcript)).toMatchObject(
        {
          error: { variant: "TranscriptMismatch" },
        },
      );
    const all = addDkgPackage(collection, from("fay"), 1);
    expect(all.ok && aggregateDkg(all.value.collection)).toMatchObject({
      value: { transcript: { mode: "FullQuorum" } },
    });
  });

  test("is refused for a configuration that cannot be", () => {
    expect(dkgCollection({ ...config, participants: [] }).ok).toBe(false);
    expect(dkgCollection({ ...config, threshold: 0 }).ok).toBe(false);
    expect(dkgCollection({ ...config, threshold: 4 }).ok).toBe(false);
    expect(dkgCollection({ ...config, maxSigners: 4 }).ok).toBe(false);
  });
});

test("a transcript needs a domain", () => {
  expect(() => signingTranscript(" ", 1, {})).toThrow(RangeError);
});
