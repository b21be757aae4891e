import type { PublicKey } from "@parley/wire";
import type { Secret, SecretExportContext } from "./secret.ts";

/** What a key is for: an authority's root signs its tokens, a device's key its receipts and facts. */
export type KeyPurpose = "root" | "device";

/**
 * The name of a key: `root:<authority>` or `device:<device>`. Each rotation
 * gives the owner a key of another name, so that the new one can be there
 * before it counts; `turn` says how many went before it.
 *
 * @example keyName("root", "ada") // "root:ada"
 * @example keyName("device", "ada-phone", 2) // "device.2:ada-phone"
 */
export const keyName = (purpose: KeyPurpose, owner: string, turn = 0): string =>
  turn === 0 ? `${purpose}:${owner}` : `${purpose}.${turn}:${owner}`;

/** Why a key store does not answer; each has a stable code. */
export type KeyStoreErrorReason =
  /** No key of that name. */
  | { readonly code: "unknown-key"; readonly name: string }
  /** The file may be read by others than its owner. */
  | { readonly code: "wide-mode"; readonly file: string; readonly mode: number }
  /** The file does not hold what was written to it. */
  | { readonly code: "damaged"; readonly file: string; readonly detail: string }
  /** Written by a later version of Parley. */
  | { readonly code: "unknown-version"; readonly file: string; readonly version: number };

/** Thrown by a key store; `reason` is typed. Its message names files and keys, never bytes. */
export class KeyStoreError extends Error {
  readonly reason: KeyStoreErrorReason;

  constructor(reason: KeyStoreErrorReason, message: string) {
    super(message);
    this.name = "KeyStoreError";
    this.reason = reason;
  }
}

/**
 * The key store: Ed25519 keys by name and other secrets, outside every stream
 * and export (model §1.2). Synchronous; what `create` and `putSecret` return
 * is durable.
 */
export interface KeyPort {
  /** Makes the key unless it is there; either way its public part. */
  create(name: string): PublicKey;
  /** The public part; nothing when there is no such key. */
  publicKey(name: string): PublicKey | undefined;
  /** A 64-byte Ed25519 signature. Throws `KeyStoreError` `unknown-key`. */
  sign(name: string, bytes: Uint8Array): Uint8Array;
  /** The 32-byte seed, for what must sign by itself (a Biscuit builder). Nothing when there is no such key. */
  exportKey(name: string, context: SecretExportContext): Secret | undefined;
  /** Drops the key: it signs nothing any more. Nothing happens when there is none. */
  forgetKey(name: string): void;
  /** Keeps bytes under a name, instead of any it had. */
  putSecret(name: string, bytes: Uint8Array): void;
  /** A copy of the bytes kept under a name. */
  secret(name: string): Uint8Array | undefined;
  /** Drops the bytes kept under a name; nothing happens when there are none. */
  forgetSecret(name: string): void;
}
