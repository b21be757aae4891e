export { biscuitLimits, loadBiscuitTokens, loadUncachedBiscuitTokens } from "./biscuit-tokens.ts";
export { dataFolder } from "./data-folder.ts";
export { openKeyStore } from "./key-store.ts";
export { systemClock } from "./system-clock.ts";
export { systemRandom } from "./system-random.ts";
