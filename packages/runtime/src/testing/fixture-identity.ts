import { bytesToHex } from "@noble/hashes/utils.js";
import type { IssuedToken, KeyPort, TokenPort, TokenResult } from "../identity/index.ts";
import { memoryKeys } from "./memory-keys.ts";
import { plainTokens } from "./plain-tokens.ts";

/** Signatures kept; receipts are signed once each and need not stay. */
const KEPT = 2_000;

const created = new Map<string, string>();
const signatures = new Map<string, Uint8Array>();
const issues = new Map<string, TokenResult<IssuedToken>>();

/** Keys in memory that are worked out once for all fixtures of a file: the same names give the same keys anyway. */
export const fixtureKeys = (): KeyPort => {
  const keys = memoryKeys();
  const known = new Set<string>();
  const ready = (name: string): void => {
    if (known.has(name) && keys.publicKey(name) === undefined) keys.create(name);
  };
  return {
    ...keys,
    create: (name) => {
      known.add(name);
      const key = created.get(name) ?? keys.create(name);
      created.set(name, key);
      return key;
    },
    publicKey: (name) => (known.has(name) ? created.get(name) : undefined),
    sign: (name, bytes) => {
      const slot = `${name} ${bytesToHex(bytes)}`;
      const signature = known.has(name) ? signatures.get(slot) : undefined;
      if (signature !== undefined) return signature;
      ready(name);
      const made = keys.sign(name, bytes);
      if (signatures.size < KEPT) signatures.set(slot, made);
      return made;
    },
    forgetKey: (name) => {
      known.delete(name);
      keys.forgetKey(name);
    },
    exportKey: (name, context) => {
      ready(name);
      return keys.exportKey(name, context);
    },
  };
};

/** Plain tokens whose nth issue is worked out once for all fixtures of a file. */
export const fixtureTokens = (): TokenPort => {
  const tokens = plainTokens();
  let serial = 0;
  return {
    ...tokens,
    issue: (grant, rootKeyName, keys) => {
      serial += 1;
      const slot = JSON.stringify([serial, grant, rootKeyName, keys.publicKey(rootKeyName)]);
      // With the number it has here, whether those before it were made or remembered.
      const made = issues.get(slot) ?? plainTokens(serial - 1).issue(grant, rootKeyName, keys);
      if (issues.size < KEPT) issues.set(slot, made);
      return made;
    },
  };
};
