import { hexToBytes } from "@noble/hashes/utils.js";
import { decodeStrict, encodeCanonical, type Fact, type Hash } from "@parley/wire";
import { type BloomError, type BloomFilter, bloomFault } from "./bloom-filter.ts";
import { isHash } from "./byte-order.ts";
import type { FactFault } from "./fact-fault.ts";
import type { JournalNamespace, NamespaceMismatch } from "./journal.ts";

/** The version of these messages; others are refused. */
export const syncSchema = 2;

/** What the sender holds below some leading digits of the id. */
export interface PartDigest {
  readonly prefix: string;
  readonly size: number;
  readonly hash: Hash;
}

/** Which ids the sender holds below the parts of its digest, but for the stated rate of wrong yeses. */
export interface HeldFilter {
  readonly filter: BloomFilter;
  /** As text: canonical bytes hold no fraction. */
  readonly errorRate: string;
  /** Put before each id, so that the next round does not err about the same ones. */
  readonly salt: number;
}

interface Header {
  readonly schema: typeof syncSchema;
  readonly namespace: JournalNamespace;
  readonly from: string;
}

/** What the sender holds, by part of the tree; with a filter once the parts are small. */
export interface SyncDigest extends Header {
  readonly kind: "digest";
  readonly root: Hash;
  readonly size: number;
  readonly parts: readonly PartDigest[];
  readonly held?: HeldFilter;
  /** Answers a filter: ids below the parts that the other side surely lacks. */
  readonly offers?: readonly Hash[];
}

/** Asks for facts by id. */
export interface SyncRequest extends Header {
  readonly kind: "request";
  readonly ids: readonly Hash[];
}

/** Facts: those asked for, or those the sender knows the other side lacks. */
export interface SyncBatch extends Header {
  readonly kind: "batch";
  readonly facts: readonly Fact[];
}

/** Why a message is not answered: nothing was merged. */
export interface SyncRefusal extends Header {
  readonly kind: "refusal";
  readonly error: SyncError;
}

/** The messages of anti-entropy: each stands alone, so a run goes on after any was lost. */
export type SyncMessage = SyncDigest | SyncRequest | SyncBatch | SyncRefusal;

/** Why a run of anti-entropy, or one message of it, failed (spec/aura-state.md §9.1). */
export type SyncError =
  | NamespaceMismatch
  | {
      readonly code: "PAR7720";
      readonly error: "verification_failed";
      readonly target: "anti_entropy_batch_replay";
      readonly id: Hash;
    }
  | {
      readonly code: "PAR7721";
      readonly error: "verification_failed";
      readonly target: "anti_entropy_replay";
      readonly id: Hash;
    }
  | {
      readonly code: "PAR7722";
      readonly error: "verification_failed";
      readonly target: "anti_entropy_unasked";
      readonly id: Hash;
    }
  | {
      readonly code: "PAR7723";
      readonly error: "verification_failed";
      readonly target: "anti_entropy_fact";
      readonly fault: FactFault;
    }
  | { readonly code: "PAR7724"; readonly error: "invalid_digest"; readonly why: string }
  | { readonly code: "PAR7725"; readonly error: "network"; readonly why: string }
  | { readonly code: "PAR7726"; readonly error: "not_found"; readonly ids: readonly Hash[] }
  | { readonly code: "PAR7727"; readonly error: "unauthorized"; readonly peer: string };

export const invalidDigest = (why: string): SyncError => ({ code: "PAR7724", error: "invalid_digest", why });

/** What a filter is asked about: the salt, then the id. */
export const heldElement = (salt: number, id: Hash): Uint8Array => {
  const element = new Uint8Array(33);
  element[0] = salt;
  element.set(hexToBytes(id), 1);
  return element;
};

const partFault = ({ prefix, size, hash }: PartDigest): boolean =>
  !/^[0-9a-f]{0,64}$/.test(prefix) || !Number.isSafeInteger(size) || size < 0 || !isHash(hash);

const heldFault = ({ filter, salt }: HeldFilter): BloomError | string | undefined =>
  Number.isSafeInteger(salt) && salt >= 0 && salt < 256 ? bloomFault(filter) : "the salt is one byte";

/** What is wrong with a digest; undefined for a good one. */
export const digestFault = ({ root, size, parts, held, offers }: SyncDigest): SyncError | undefined => {
  if (!isHash(root) || !Number.isSafeInteger(size) || size < 0) return invalidDigest("no root and size");
  if (parts.some(partFault)) return invalidDigest("a part is malformed");
  if (offers?.some((id) => !isHash(id)) === true) return invalidDigest("an offer is no id");
  const fault = held && heldFault(held);
  if (fault === undefined) return undefined;
  return invalidDigest(
    typeof fault === "string" ? fault : fault.error === "bad-filter" ? fault.why : fault.error,
  );
};

/** A message as canonical bytes. */
export const syncMessageBytes = (message: SyncMessage): Uint8Array => encodeCanonical(message);

const kinds: readonly unknown[] = ["digest", "request", "batch", "refusal"];

/** Reads a message; its facts and filters are judged when it is answered. Error: `PAR7724`. */
export const readSyncMessage = (
  bytes: Uint8Array,
):
  | { readonly ok: true; readonly message: SyncMessage }
  | { readonly ok: false; readonly error: SyncError } => {
  const read = decodeStrict(bytes);
  if (!read.ok) return { ok: false, error: invalidDigest(read.error.detail) };
  const { value } = read;
  if (typeof value !== "object" || value === null) return { ok: false, error: invalidDigest("no message") };
  const { kind, schema } = value as Record<string, unknown>;
  if (schema !== syncSchema) return { ok: false, error: invalidDigest(`unknown schema ${String(schema)}`) };
  if (!kinds.includes(kind)) return { ok: false, error: invalidDigest(`unknown message ${String(kind)}`) };
  return { ok: true, message: value as SyncMessage };
};
