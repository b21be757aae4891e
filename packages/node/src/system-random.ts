import { randomFillSync } from "node:crypto";
import type { RandomPort } from "@parley/runtime/host";

/** Cryptographically strong random bytes from the operating system. */
export const systemRandom: RandomPort = { bytes: (count) => randomFillSync(new Uint8Array(count)) };
