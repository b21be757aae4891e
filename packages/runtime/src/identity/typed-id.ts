import { uuidBytes, uuidText } from "./id-bytes.ts";

/** What UUID-backed ids are shown with; three kinds are shown bare (spec/aura-state.md §1.1). */
const prefixes = {
  authority: "authority-",
  context: "context-",
  session: "session-",
  event: "event-",
  operation: "operation-",
  device: "",
  guardian: "",
  account: "",
} as const;

/** The kinds of ids that are a UUID. */
export type TypedIdKind = keyof typeof prefixes;

/** A UUID-backed id: its kind and 16 bytes. */
export interface TypedId {
  readonly kind: TypedIdKind;
  readonly bytes: Uint8Array;
}

/** The id, or why there is none. */
export type TypedIdResult =
  | { readonly ok: true; readonly id: TypedId }
  | { readonly ok: false; readonly error: { readonly code: "InvalidUuid"; readonly text: string } };

/**
 * Reads an id with or without the prefix of its kind; another kind's prefix
 * leaves no UUID.
 *
 * @example parseTypedId("context", "context-00000000-0000-0000-0000-000000000001").ok // true
 */
export const parseTypedId = (kind: TypedIdKind, text: string): TypedIdResult => {
  const prefix = prefixes[kind];
  const bytes = uuidBytes(text.startsWith(prefix) ? text.slice(prefix.length) : text);
  return bytes === undefined
    ? { ok: false, error: { code: "InvalidUuid", text } }
    : { ok: true, id: { kind, bytes } };
};

/** How an id is shown: with the prefix of its kind. */
export const showTypedId = ({ kind, bytes }: TypedId): string => prefixes[kind] + uuidText(bytes);

/** How an id stands in JSON: the bare UUID. In canonical bytes it is its 16 bytes. */
export const typedIdJson = ({ bytes }: TypedId): string => uuidText(bytes);

/** An id of 32 random bytes: the first 16 as they are, without version or variant bits. */
export const typedIdFromEntropy = (kind: TypedIdKind, entropy: Uint8Array): TypedId => {
  if (entropy.length !== 32) throw new RangeError(`entropy has 32 bytes, not ${entropy.length}`);
  return { kind, bytes: new Uint8Array(entropy.subarray(0, 16)) };
};

/** A device's id where 32 bytes are asked for: its own 16, then zeros. */
export const deviceIdBytes = (device: TypedId): Uint8Array => {
  const bytes = new Uint8Array(32);
  bytes.set(device.bytes);
  return bytes;
};
