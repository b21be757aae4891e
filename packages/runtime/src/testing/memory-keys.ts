import { utf8ToBytes } from "@noble/hashes/utils.js";
import type { KeyPort } from "../identity/key-port.ts";
import { seededKeys } from "../identity/seeded-keys.ts";

/** A key store in memory; the same seed gives the same keys. */
export const memoryKeys = (seed = "test"): KeyPort => seededKeys(utf8ToBytes(seed));
