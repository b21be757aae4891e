import { CAPABILITY_LIMIT, type TokenGrant } from "@parley/runtime/identity";
import { memoryKeys, tokenPortContract } from "@parley/runtime/testing/identity";
import { describe, expect, it } from "vitest";
import { loadBiscuitModule } from "./biscuit-module.ts";
import { loadBiscuitTokens } from "./biscuit-tokens.ts";

// The machine that tests may be busy; how long an answer takes is not the promise.
const tokens = await loadBiscuitTokens(20_000);

tokenPortContract("Biscuits", () => ({ tokens, keys: memoryKeys() }), { describe, expect, it });

describe("Biscuits", () => {
  const keys = memoryKeys();
  const root = keys.create("root:ada");
  const question = { capability: "read", authority: "ada", context: "ctx:s", at: 0 };
  const grant: TokenGrant = {
    issuer: "ada",
    holder: "ada",
    device: "ada-phone",
    capabilities: ["read"],
    scope: { kind: "contexts" },
  };
  const token = () => {
    const made = tokens.issue(grant, "root:ada", keys);
    if (!made.ok) throw new Error(made.error.code);
    return made.value;
  };

  it("that take too long say that asking again may help, and neither allow nor refuse", async () => {
    const hasty = await loadBiscuitTokens(1e-6);
    expect(hasty.authorize(token().bytes, root, question)).toEqual({
      kind: "failed",
      error: { code: "time-out", ms: 1e-6, retryable: true },
    });
  });

  it("whose rules make too many facts or take too many rounds are an error", async () => {
    const { library } = await loadBiscuitModule();
    const code = (source: string) => {
      const builder = library.Biscuit.builder();
      builder.addCode(source);
      const seed = keys.exportKey("root:ada", { kind: "KeyWrapping", boundary: "test" });
      const key = library.PrivateKey.fromBytes(
        seed?.expose({ kind: "KeyWrapping", boundary: "test" }) ?? new Uint8Array(),
        library.SignatureAlgorithm.Ed25519,
      );
      const answer = tokens.authorize(builder.build(key).toBase64(), root, question);
      return answer.kind === "failed" ? answer.error : answer.kind;
    };
    const numbers = Array.from({ length: 110 }, (_, index) => index);
    const pairs = numbers.map((n) => `a(${n});`).join("");
    expect(code(`${pairs} b($x, $y) <- a($x), a($y);`)).toEqual({
      code: "limit",
      limit: "facts",
      max: 1_000,
    });
    const chain = numbers.map((n) => `a${n + 1}($x) <- a${n}($x);`).join("");
    expect(code(`a0(1); ${chain}`)).toEqual({ code: "limit", limit: "iterations", max: 100 });
    expect(code('capability("write");')).toBe("refused");
  });

  it("may grant as many capabilities as a grant may list", () => {
    const capabilities = Array.from({ length: CAPABILITY_LIMIT }, (_, index) => `a:${index}`);
    const made = tokens.issue({ ...grant, capabilities }, "root:ada", keys);
    const bytes = made.ok ? made.value.bytes : "";
    expect(tokens.authorize(bytes, root, { ...question, capability: "a:77" }).kind).toBe("allowed");
  });

  it("take no grant, holder or context from a block that somebody appended", async () => {
    const { library } = await loadBiscuitModule();
    const key = library.PublicKey.fromString(root, library.SignatureAlgorithm.Ed25519);
    const widened = (source: string, asked = question): string => {
      const block = library.Biscuit.block_builder();
      block.addCode(source);
      const made = library.Biscuit.fromBase64(token().bytes, key).appendBlock(block).toBase64();
      return tokens.authorize(made, root, asked).kind;
    };
    const write = { ...question, capability: "write" };
    expect(widened('capability("write");', write)).toBe("refused");
    expect(widened('capability("write") <- capability("read");', write)).toBe("refused");
    const bob = { ...question, authority: "bob" };
    expect(widened('scope_authority_contexts("bob"); authority("bob");', bob)).toBe("refused");
    expect(widened('scope_context("ctx:s");', bob)).toBe("refused");
    expect(widened("check if true;")).toBe("allowed");
  });

  it("that are sealed take no further block", async () => {
    const { library } = await loadBiscuitModule();
    const key = library.PublicKey.fromString(root, library.SignatureAlgorithm.Ed25519);
    const sealed = library.Biscuit.fromBase64(token().bytes, key).sealToken().toBase64();
    expect(tokens.authorize(sealed, root, question).kind).toBe("allowed");
    expect(tokens.attenuate(sealed, root, [{ kind: "expires", at: 1 }])).toMatchObject({
      error: { code: "malformed" },
    });
  });

  it("are verified with the root key alone, by whoever loads them", async () => {
    const elsewhere = await loadBiscuitTokens(20_000);
    expect(elsewhere.authorize(token().bytes, root, question).kind).toBe("allowed");
  });

  it("never carry the device they are kept for, nor the key that signed them", () => {
    const { bytes } = token();
    const raw = Buffer.from(bytes, "base64url");
    expect(raw.includes("ada-phone")).toBe(false);
    const seed = keys.exportKey("root:ada", { kind: "KeyWrapping", boundary: "test" });
    const secret = Buffer.from(seed?.expose({ kind: "KeyWrapping", boundary: "test" }) ?? raw);
    expect(raw.includes(secret)).toBe(false);
  });
});
