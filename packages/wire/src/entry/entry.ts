import { hexToBytes } from "@noble/hashes/utils.js";
import { decodeCanonical, encodeCanonical } from "../canonical.ts";
import type { Hash } from "../hash.ts";
import { hashDomain } from "../hash.ts";
import type { Actor } from "./actor.ts";
import type { MachineEvent } from "./event.ts";
import type { StreamInput } from "./input.ts";
import type { Read } from "./read.ts";

/** The version of the entry encoding; an unknown one is refused. */
export const ENTRY_VERSION = 1;

export type StreamKind = "session" | "authority" | "context" | "workspace";

/** A consequence of an entry in another stream, appended in the same transaction. */
export interface Effect {
  readonly stream: string;
  readonly seq: number;
}

/**
 * One line of a log (model §1.2): what was asked, what was read from outside,
 * what was answered, and the hash of the state after it. State is the fold of
 * `(state, input, reads)`; nothing else is read.
 */
export interface Entry {
  readonly v: typeof ENTRY_VERSION;
  readonly seq: number;
  /** Session time in ms, `max(previous, now)`. */
  readonly at: number;
  readonly actor: Actor;
  /** The idempotency key of the command, if it had one. */
  readonly key?: string;
  readonly input: StreamInput;
  /** How many rounds an `advance` ran. */
  readonly rounds?: number;
  readonly reads: readonly Read[];
  readonly events: readonly MachineEvent[];
  readonly effects: readonly Effect[];
  readonly protocolHash: Hash;
  readonly stateHash: Hash;
}

/** An entry as stored: with its bytes, chain hash and workspace-wide commit number. */
export interface StoredEntry {
  readonly stream: string;
  readonly entry: Entry;
  readonly bytes: Uint8Array;
  readonly hash: Hash;
  readonly commit: number;
}

export type EntryError =
  | { readonly kind: "unknown-version"; readonly version: unknown }
  | { readonly kind: "malformed"; readonly reason: string };

export const encodeEntry = (entry: Entry): Uint8Array => encodeCanonical(entry);

/** Reads an entry; anything but version 1 is refused, never guessed at. */
export const decodeEntry = (
  bytes: Uint8Array,
): { readonly ok: true; readonly entry: Entry } | { readonly ok: false; readonly error: EntryError } => {
  let value: unknown;
  try {
    value = decodeCanonical(bytes);
  } catch (cause) {
    return { ok: false, error: { kind: "malformed", reason: String(cause) } };
  }
  if (value === null || typeof value !== "object")
    return { ok: false, error: { kind: "malformed", reason: "not a map" } };
  const version = (value as { v?: unknown }).v;
  return version === ENTRY_VERSION
    ? { ok: true, entry: value as Entry }
    : { ok: false, error: { kind: "unknown-version", version } };
};

/** `BLAKE3("parley.entry/1" ‖ prev ‖ bytes)`; `prev` is the empty string before entry 0. */
export const chainHash = (previous: Hash | "", bytes: Uint8Array): Hash =>
  hashDomain("parley.entry/1", hexToBytes(previous), bytes);
