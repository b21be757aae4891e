import { blake3 } from "@noble/hashes/blake3.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { idBytes } from "./id-bytes.ts";
import { showTypedId, type TypedId, type TypedIdKind } from "./typed-id.ts";

const derive = (kind: TypedIdKind, bytes: Uint8Array): TypedId => ({
  kind,
  bytes: blake3(bytes).slice(0, 16),
});

/** The context an authority has of its own (spec/aura-runtime.md §1). */
export const defaultContext = (authority: string): TypedId => derive("context", idBytes(authority));

/** The account of an authority; the same bytes as its default context. */
export const accountOf = (authority: string): TypedId => derive("account", idBytes(authority));

/** The context of a choreography's session: each session has one of its own. */
export const sessionContext = (session: string): TypedId => derive("context", idBytes(session));

/** The session in which an epoch is rotated. */
export const epochRotationSession = (rotation: string): TypedId => derive("session", utf8ToBytes(rotation));

/** How errors name a capability key: the first 8 bytes of its hash, 16 hex digits. */
export const capabilityRef = (key: string): string => bytesToHex(blake3(utf8ToBytes(key))).slice(0, 16);

/**
 * Ids of an authority in the reference's form: UUIDs stay, Parley's own ids are
 * hashed first (`idBytes`).
 *
 * @example authorityIdentity("ada").defaultContext // "context-…"
 */
export const authorityIdentity = (
  authority: string,
): { readonly authority: string; readonly defaultContext: string; readonly account: string } => ({
  authority: showTypedId({ kind: "authority", bytes: idBytes(authority) }),
  defaultContext: showTypedId(defaultContext(authority)),
  account: showTypedId(accountOf(authority)),
});
