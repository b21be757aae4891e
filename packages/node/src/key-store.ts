import { createPrivateKey, createPublicKey, type KeyObject, randomBytes, sign } from "node:crypto";
import { join } from "node:path";
import { type KeyPort, KeyStoreError, Secret, type SecretExportContext } from "@parley/runtime/identity";
import type { PublicKey } from "@parley/wire";
import { readKeyFile, writeKeyFile } from "./key-file.ts";

/** What PKCS #8 puts before an Ed25519 seed. */
const pkcs8 = Buffer.from("302e020100300506032b657004220420", "hex");

interface HeldKey {
  readonly seed: Uint8Array;
  readonly signer: KeyObject;
  readonly key: PublicKey;
}

const held = (seed: Uint8Array): HeldKey => {
  const signer = createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: "der", type: "pkcs8" });
  const { x = "" } = createPublicKey(signer).export({ format: "jwk" });
  return { seed, signer, key: Buffer.from(x, "base64url").toString("hex") };
};

class KeyStore implements KeyPort {
  readonly #file: string;
  readonly #keys: Map<string, HeldKey>;
  readonly #secrets: Map<string, Uint8Array>;

  constructor(file: string) {
    const { keys, secrets } = readKeyFile(file);
    this.#file = file;
    this.#keys = new Map([...keys].map(([name, seed]) => [name, held(seed)]));
    this.#secrets = new Map(secrets);
  }

  create(name: string): PublicKey {
    const known = this.#keys.get(name);
    if (known) return known.key;
    const made = held(new Uint8Array(randomBytes(32)));
    this.#save(new Map(this.#keys).set(name, made), this.#secrets);
    this.#keys.set(name, made);
    return made.key;
  }

  publicKey(name: string): PublicKey | undefined {
    return this.#keys.get(name)?.key;
  }

  sign(name: string, bytes: Uint8Array): Uint8Array {
    const known = this.#keys.get(name);
    if (!known) throw new KeyStoreError({ code: "unknown-key", name }, `there is no key ${name}`);
    return new Uint8Array(sign(null, bytes, known.signer));
  }

  exportKey(name: string, context: SecretExportContext): Secret | undefined {
    const known = this.#keys.get(name);
    if (!known) return undefined;
    const secret = new Secret(`key ${name}`, known.seed);
    // Asks the context for its boundary now, not when the secret is used.
    secret.expose(context).fill(0);
    return secret;
  }

  forgetKey(name: string): void {
    if (!this.#keys.has(name)) return;
    const left = new Map([...this.#keys].filter(([other]) => other !== name));
    this.#save(left, this.#secrets);
    this.#keys.delete(name);
  }

  putSecret(name: string, bytes: Uint8Array): void {
    const kept = new Uint8Array(bytes);
    this.#save(this.#keys, new Map(this.#secrets).set(name, kept));
    this.#secrets.set(name, kept);
  }

  secret(name: string): Uint8Array | undefined {
    const kept = this.#secrets.get(name);
    return kept && new Uint8Array(kept);
  }

  forgetSecret(name: string): void {
    if (!this.#secrets.has(name)) return;
    this.#save(this.#keys, new Map([...this.#secrets].filter(([other]) => other !== name)));
    this.#secrets.delete(name);
  }

  /** The file first, memory after: what could not be written is not there. */
  #save(keys: ReadonlyMap<string, HeldKey>, secrets: ReadonlyMap<string, Uint8Array>): void {
    const seeds = new Map([...keys].map(([name, { seed }]) => [name, seed]));
    writeKeyFile(this.#file, { keys: seeds, secrets });
  }
}

/**
 * The keys of a data folder, in its file `keys` (mode 0600); signs with Node's
 * own Ed25519. What it returns is on disk.
 *
 * @throws KeyStoreError for a file that others may read, that is damaged, or
 *   that a later version wrote
 */
export const openKeyStore = (folder: string): KeyPort => new KeyStore(join(folder, "keys"));
