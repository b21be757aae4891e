import { type Hash, hashValue } from "@parley/wire";
import { type ThresholdResult, thresholdRefused } from "./threshold-error.ts";

/** What a key generation is about (spec/aura-state.md §18). */
export interface DkgConfig {
  readonly epoch: number;
  readonly threshold: number;
  readonly maxSigners: number;
  readonly membershipHash: Hash;
  /** Session time, ms, after which no package counts. */
  readonly cutoff: number;
  readonly prestateHash: Hash;
  readonly operationHash: Hash;
  readonly participants: readonly string[];
}

/** What one dealer publishes: commitment, proof, and for every participant a share sealed for it. Hex. */
export interface DkgPackage {
  readonly dealer: string;
  readonly commitment: readonly string[];
  readonly proof: string;
  readonly sealed: { readonly [participant: string]: string };
}

export interface DkgCollection {
  readonly config: DkgConfig;
  readonly phase: "Collecting" | "Aggregated";
  /** By dealer, in order of name. */
  readonly packages: ReadonlyMap<string, DkgPackage>;
}

export interface DkgTranscript {
  readonly packages: readonly DkgPackage[];
  readonly mode: "FullQuorum" | "ThresholdFallback";
  readonly hash: Hash;
}

export const dkgCollection = (config: DkgConfig): ThresholdResult<DkgCollection> => {
  const { participants, threshold, maxSigners } = config;
  if (participants.length === 0)
    return thresholdRefused({ code: "PAR8902", variant: "InvalidParticipants", reason: "there are none" });
  if (maxSigners > participants.length || new Set(participants).size !== participants.length)
    return thresholdRefused({
      code: "PAR8902",
      variant: "InvalidParticipants",
      reason: "more signers than distinct participants",
    });
  return threshold < 1 || threshold > participants.length
    ? thresholdRefused({
        code: "PAR8901",
        variant: "InvalidThreshold",
        threshold,
        participants: participants.length,
        minimum: 1,
      })
    : { ok: true, value: { config, phase: "Collecting", packages: new Map() } };
};

const packageProblem = ({ config }: DkgCollection, given: DkgPackage, at: number): string | undefined => {
  if (!config.participants.includes(given.dealer)) return "it is not a participant";
  if (at > config.cutoff) return "it came after the cutoff";
  if (given.commitment.length === 0 || given.proof === "") return "commitment or proof is empty";
  const missing = config.participants.find((name) => (given.sealed[name] ?? "") === "");
  return missing && `there is no share for ${missing}`;
};

/** Takes a dealer's package; a second one of the same dealer replaces the first and is not counted again. */
export const addDkgPackage = (
  collection: DkgCollection,
  given: DkgPackage,
  at: number,
): ThresholdResult<{ readonly collection: DkgCollection; readonly accepted: boolean }> => {
  const reason =
    collection.phase === "Aggregated"
      ? "the key is aggregated already"
      : packageProblem(collection, given, at);
  if (reason !== undefined)
    return thresholdRefused({ code: "PAR8903", variant: "InvalidDkgPackage", dealer: given.dealer, reason });
  const packages = new Map(
    [...new Map(collection.packages).set(given.dealer, given)].sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  return {
    ok: true,
    value: { collection: { ...collection, packages }, accepted: !collection.packages.has(given.dealer) },
  };
};

/** Names a transcript; any field that changes changes it. */
export const dkgTranscriptHash = (config: DkgConfig, packages: readonly DkgPackage[]): Hash =>
  hashValue("parley.dkg.transcript/1", { config, packages });

/** Closes the collection, once: packages by dealer, at most as many as may sign. */
export const aggregateDkg = (
  collection: DkgCollection,
): ThresholdResult<{ readonly collection: DkgCollection; readonly transcript: DkgTranscript }> => {
  const { config, phase, packages } = collection;
  if (phase === "Aggregated")
    return thresholdRefused({
      code: "PAR8904",
      variant: "TranscriptMismatch",
      reason: "it is aggregated already",
    });
  if (packages.size < config.threshold)
    return thresholdRefused({
      code: "PAR8905",
      variant: "ThresholdNotMet",
      required: config.threshold,
      given: packages.size,
    });
  const taken = [...packages.values()].slice(0, config.maxSigners);
  const mode = packages.size >= config.participants.length ? "FullQuorum" : "ThresholdFallback";
  return {
    ok: true,
    value: {
      collection: { ...collection, phase: "Aggregated" },
      transcript: { packages: taken, mode, hash: dkgTranscriptHash(config, taken) },
    },
  };
};

/** Whether a transcript that was kept is the one it says it is. */
export const checkDkgTranscript = (config: DkgConfig, transcript: DkgTranscript): ThresholdResult<null> =>
  dkgTranscriptHash(config, transcript.packages) === transcript.hash
    ? { ok: true, value: null }
    : thresholdRefused({
        code: "PAR8904",
        variant: "TranscriptMismatch",
        reason: "transcript hash mismatch",
      });
