/** Keys and tokens for tests, with the suites their ports must pass, free of the host: `@parley/runtime/testing/identity`. */
export { keyPortContract } from "./key-port.contract.ts";
export { memoryKeys } from "./memory-keys.ts";
export { plainTokens } from "./plain-tokens.ts";
export { type OpenTokens, tokenPortContract } from "./token-port.contract.ts";
