import { ed25519 } from "@noble/curves/ed25519.js";
import { blake3 } from "@noble/hashes/blake3.js";
import { bytesToHex, concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { type KeyPort, KeyStoreError } from "./key-port.ts";
import { Secret } from "./secret.ts";

/**
 * A key store in memory whose keys follow from `seed` and their names: for
 * forks and simulations, whose signatures nobody outside may trust, and for
 * tests.
 */
export const seededKeys = (seed: Uint8Array): KeyPort => {
  const keys = new Map<string, { readonly seed: Uint8Array; readonly key: string }>();
  const secrets = new Map<string, Uint8Array>();
  return {
    create(name) {
      const known = keys.get(name);
      if (known) return known.key;
      const own = blake3(concatBytes(utf8ToBytes("parley.seeded-key/1"), blake3(seed), utf8ToBytes(name)));
      const key = bytesToHex(ed25519.getPublicKey(own));
      keys.set(name, { seed: own, key });
      return key;
    },
    publicKey: (name) => keys.get(name)?.key,
    sign(name, bytes) {
      const known = keys.get(name);
      if (!known) throw new KeyStoreError({ code: "unknown-key", name }, `there is no key ${name}`);
      return ed25519.sign(bytes, known.seed);
    },
    exportKey(name, context) {
      const known = keys.get(name);
      if (!known) return undefined;
      const secret = new Secret(`key ${name}`, known.seed);
      // Asks the context for its boundary now, not when the secret is used.
      secret.expose(context);
      return secret;
    },
    forgetKey: (name) => void keys.delete(name),
    putSecret: (name, bytes) => void secrets.set(name, new Uint8Array(bytes)),
    secret: (name) => secrets.get(name)?.slice(),
    forgetSecret: (name) => void secrets.delete(name),
  };
};
