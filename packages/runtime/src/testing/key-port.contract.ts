import { ed25519 } from "@noble/curves/ed25519.js";
import { bytesToHex, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { type KeyPort, KeyStoreError } from "../identity/key-port.ts";
import { verify } from "../identity/verify-signature.ts";
import type { SuiteTools } from "./log-store-contract.ts";

const wrapping = { kind: "KeyWrapping", boundary: "contract" } as const;
const message = utf8ToBytes("seven");

type Check = (promise: string, test: (keys: KeyPort) => void) => void;

const seedOf = (keys: KeyPort, name: string): Uint8Array =>
  keys.exportKey(name, wrapping)?.expose(wrapping) ?? new Uint8Array();

const keyPromises = (check: Check, expect: SuiteTools["expect"]): void => {
  check("a key is made once; whoever asks again gets the same", (keys) => {
    expect(keys.publicKey("root:ada")).toBeUndefined();
    const made = keys.create("root:ada");
    expect(made).toMatch(/^[0-9a-f]{64}$/);
    expect(keys.create("root:ada")).toBe(made);
    expect(keys.publicKey("root:ada")).toBe(made);
  });

  check("keys of different names are different", (keys) => {
    const names = ["root:ada", "device:ada", "root:bob", "__proto__", ""];
    expect(new Set(names.map((name) => keys.create(name))).size).toBe(names.length);
    expect(names.map((name) => keys.publicKey(name))).toEqual(names.map((name) => keys.create(name)));
  });

  check("a signature verifies for its bytes and key, and for no others", (keys) => {
    const [key, other] = [keys.create("root:ada"), keys.create("root:bob")];
    const signature = keys.sign("root:ada", message);
    expect(verify(key, message, signature)).toBe(true);
    expect(verify(other, message, signature)).toBe(false);
    expect(verify(key, utf8ToBytes("eight"), signature)).toBe(false);
    for (const at of [0, 31, 32, 63]) {
      const altered = signature.slice();
      altered[at] = (altered[at] ?? 0) ^ 1;
      expect(verify(key, message, altered)).toBe(false);
    }
    expect(verify(key, message, signature.slice(1))).toBe(false);
  });

  check("the signature is the one RFC 8032 defines for the exported seed", (keys) => {
    const key = keys.create("root:ada");
    const seed = seedOf(keys, "root:ada");
    expect(bytesToHex(ed25519.getPublicKey(seed))).toBe(key);
    expect(bytesToHex(keys.sign("root:ada", message))).toBe(bytesToHex(ed25519.sign(message, seed)));
    expect(ed25519.verify(keys.sign("root:ada", message), message, hexToBytes(key))).toBe(true);
  });

  check("a key that was forgotten signs nothing, and no other is forgotten with it", (keys) => {
    const other = keys.create("device:ada-phone");
    keys.create("device.1:ada-phone");
    keys.forgetKey("device.1:ada-phone");
    keys.forgetKey("device.1:ada-phone");
    expect(keys.publicKey("device.1:ada-phone")).toBeUndefined();
    expect(() => keys.sign("device.1:ada-phone", message)).toThrow(KeyStoreError);
    expect(keys.exportKey("device.1:ada-phone", wrapping)).toBeUndefined();
    expect(verify(other, message, keys.sign("device:ada-phone", message))).toBe(true);
  });

  check("a key that is not there does not sign, by a typed error", (keys) => {
    expect(() => keys.sign("root:nobody", message)).toThrow(KeyStoreError);
    expect(keys.exportKey("root:nobody", wrapping)).toBeUndefined();
  });
};

const secretPromises = (check: Check, expect: SuiteTools["expect"]): void => {
  check("a key leaves only across a named boundary", (keys) => {
    keys.create("root:ada");
    expect(() => keys.exportKey("root:ada", { kind: "SecureStorage", boundary: " " })).toThrow(RangeError);
    expect(seedOf(keys, "root:ada")).toHaveLength(32);
  });

  check("secrets are kept as they were, replaced whole, and forgotten", (keys) => {
    const bytes = Uint8Array.from([1, 2, 3]);
    keys.putSecret("share:1", bytes);
    bytes[0] = 9;
    expect([...(keys.secret("share:1") ?? [])]).toEqual([1, 2, 3]);
    keys.secret("share:1")?.fill(0);
    expect([...(keys.secret("share:1") ?? [])]).toEqual([1, 2, 3]);
    keys.putSecret("share:1", Uint8Array.from([4]));
    expect([...(keys.secret("share:1") ?? [])]).toEqual([4]);
    const buffer = bytes.subarray(0, 2);
    keys.putSecret("share:1", buffer);
    buffer[0] = 7;
    expect([...(keys.secret("share:1") ?? [])]).toEqual([9, 2]);
    keys.forgetSecret("share:1");
    keys.forgetSecret("share:1");
    expect(keys.secret("share:1")).toBeUndefined();
  });

  check("secrets and keys of one name do not meet", (keys) => {
    const key = keys.create("root:ada");
    keys.putSecret("root:ada", Uint8Array.from([1]));
    keys.forgetSecret("root:ada");
    expect(keys.publicKey("root:ada")).toBe(key);
  });

  check("neither JSON nor text nor an error of the store shows a secret", (keys) => {
    keys.create("root:ada");
    keys.putSecret("share:1", utf8ToBytes("open sesame"));
    const secret = keys.exportKey("root:ada", wrapping);
    const hex = bytesToHex(seedOf(keys, "root:ada"));
    const shown = [keys, secret, { secret }].flatMap((one) => [JSON.stringify(one), String(one)]);
    for (const text of shown) {
      expect(text).not.toContain(hex);
      expect(text).not.toContain("sesame");
    }
    expect(JSON.stringify({ secret })).toBe('{"secret":"<redacted>"}');
    expect(String(secret)).toBe("key root:ada(32 bytes, <redacted>)");
  });
};

/** The promises every key store keeps; `open` gives an empty one for one test. */
export const keyPortContract = (
  name: string,
  open: () => KeyPort,
  { describe, it, expect }: SuiteTools,
): void => {
  describe(name, () => {
    const check: Check = (promise, test) => it(promise, () => test(open()));
    keyPromises(check, expect);
    secretPromises(check, expect);
  });
};
