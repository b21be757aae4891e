import { describe, expect, it } from "vitest";
import { memoryKeys } from "./memory-keys.ts";
import { plainTokens } from "./plain-tokens.ts";
import { tokenPortContract } from "./token-port.contract.ts";

tokenPortContract("plain tokens", () => ({ tokens: plainTokens(), keys: memoryKeys() }), {
  describe,
  expect,
  it,
});
