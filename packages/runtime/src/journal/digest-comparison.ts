import { concatBytes, hexToBytes } from "@noble/hashes/utils.js";
import { type Hash, hashBytes } from "@parley/wire";

/** What a peer says of its journal by counting: the peer protocol of spec/aura-state.md §9.2. */
export interface JournalDigest {
  readonly operationCount: number;
  /** Shown only: two digests that differ in it alone are equal. */
  readonly lastEpoch?: number;
  readonly operationHash: Hash;
  readonly factHash: Hash;
  readonly capsHash: Hash;
}

/** How the local journal lies to a peer's. */
export type DigestStatus = "equal" | "local-behind" | "remote-behind" | "diverged";

/** Operations asked for: from a position of the peer's log, at most so many. */
export interface OperationRequest {
  readonly from: number;
  readonly max: number;
}

/** The hash of a log: of the fingerprints of its operations, in order. */
export const operationHash = (fingerprints: readonly Hash[]): Hash =>
  hashBytes(concatBytes(...fingerprints.map((one) => hexToBytes(one))));

export const compareDigests = (local: JournalDigest, remote: JournalDigest): DigestStatus => {
  if (local.operationCount < remote.operationCount) return "local-behind";
  if (local.operationCount > remote.operationCount) return "remote-behind";
  const same =
    local.operationHash === remote.operationHash &&
    local.factHash === remote.factHash &&
    local.capsHash === remote.capsHash;
  return same ? "equal" : "diverged";
};

/**
 * What to ask of the peer: what it has more, or everything where both have as
 * many but not the same; nothing otherwise. A batch has 128 unless told.
 */
export const requestFor = (
  local: JournalDigest,
  remote: JournalDigest,
  batch = 128,
): OperationRequest | undefined => {
  const status = compareDigests(local, remote);
  if (status === "diverged") return { from: 0, max: batch };
  if (status !== "local-behind") return undefined;
  const { operationCount: from } = local;
  return { from, max: Math.min(remote.operationCount - from, batch) };
};

/** The part of the local log a peer that is behind lacks, one batch of it. */
export const pushSlice = <T>(local: readonly T[], remoteCount: number, batch = 128): readonly T[] =>
  local.slice(remoteCount, remoteCount + batch);
