import type { TokenCheck } from "@parley/wire";
import fc from "fast-check";
import { fromBase64Url, toBase64Url } from "../identity/base64-url.ts";
import type { KeyPort } from "../identity/key-port.ts";
import type { IssuedToken, TokenGrant, TokenPort, TokenQuestion } from "../identity/token-port.ts";
import type { SuiteTools } from "./log-store-contract.ts";

/** A port and keys for one test. */
export type OpenTokens = () => { readonly tokens: TokenPort; readonly keys: KeyPort };

const grant: TokenGrant = {
  issuer: "ada",
  holder: "ada",
  device: "ada-phone",
  capabilities: ["read", "write", "chat:message:send", "admin"],
  scope: { kind: "contexts" },
};

const inContext: TokenQuestion = { capability: "read", authority: "ada", context: "ctx:s-1", at: 1_000 };

/** One port with a token of it, and shorthands that fail the test on an error. */
const desk = (open: OpenTokens) => {
  const { tokens, keys } = open();
  const root = keys.create("root:ada");
  const issue = (with_: Partial<TokenGrant> = {}): IssuedToken => {
    const made = tokens.issue({ ...grant, ...with_ }, "root:ada", keys);
    if (!made.ok) throw new Error(JSON.stringify(made.error));
    return made.value;
  };
  const narrow = (token: IssuedToken, ...checks: readonly TokenCheck[]): IssuedToken => {
    const made = tokens.attenuate(token.bytes, root, checks);
    if (!made.ok) throw new Error(JSON.stringify(made.error));
    return made.value;
  };
  const ask = (token: IssuedToken, question: Partial<TokenQuestion> = {}) =>
    tokens.authorize(token.bytes, root, { ...inContext, ...question });
  return { tokens, keys, root, issue, narrow, ask };
};

type Desk = ReturnType<typeof desk>;
type Check = (promise: string, test: (desk: Desk) => void) => void;

const grants = (check: Check, expect: SuiteTools["expect"]): void => {
  check(
    "a token says who issued it, who holds it, and what was granted, in one order",
    ({ tokens, root, issue }) => {
      const token = issue({ capabilities: ["write", "read", "read"] });
      const seen = tokens.inspect(token.bytes, root);
      expect(seen).toEqual({
        ok: true,
        value: {
          blocks: [
            'issuer("ada");\nauthority("ada");\nscope_authority("ada");\nrole("member");\nscope_authority_contexts("ada");\ncapability("read");\ncapability("write");\n',
          ],
          revocationIds: token.revocationIds,
          depth: 0,
        },
      });
      expect(token.revocationIds).toHaveLength(1);
    },
  );

  check(
    "a granted capability is allowed in every context of the holder, by the policy named",
    ({ issue, ask }) => {
      const token = issue();
      expect(ask(token)).toEqual({
        kind: "allowed",
        policy:
          'allow if capability("read"), scope_authority_contexts("ada"), authority("ada"), context_id("ctx:s-1")',
      });
      expect(ask(token, { context: "ctx:s-2", capability: "chat:message:send" }).kind).toBe("allowed");
    },
  );

  check("what was not granted is refused, and the answer says so", ({ issue, ask }) => {
    expect(ask(issue(), { capability: "relay:forward" })).toEqual({
      kind: "refused",
      why: "the token does not grant relay:forward",
      block: 0,
    });
  });

  check("another authority may not use it", ({ issue, ask }) => {
    expect(ask(issue(), { authority: "bob" }).kind).toBe("refused");
  });

  check("a token of one context is refused in another", ({ issue, ask }) => {
    const token = issue({ scope: { kind: "context", context: "ctx:s-1" } });
    expect(ask(token)).toEqual({
      kind: "allowed",
      policy: 'allow if capability("read"), scope_context("ctx:s-1"), context_id("ctx:s-1")',
    });
    expect(ask(token, { context: "ctx:s-2" })).toEqual({
      kind: "refused",
      why: "the token grants read, but its scope does not cover /context/ctx:s-2/update_params",
      block: 0,
    });
  });

  check("a storage token covers its own path exactly, in its normal form", ({ tokens, root, issue }) => {
    const token = issue({ scope: { kind: "storage", path: "a//b/" } });
    const at = (storage: string) =>
      tokens.authorize(token.bytes, root, { capability: "read", authority: "ada", storage, at: 0 }).kind;
    expect(["a/b", "/a/b", "a/b/c", "a", "a/../b"].map(at)).toEqual([
      "allowed",
      "allowed",
      "refused",
      "refused",
      "failed",
    ]);
  });

  check("an operation on the authority itself asks for its own scope", ({ tokens, root, issue }) => {
    const token = issue();
    const { context: _, ...question } = inContext;
    expect(tokens.authorize(token.bytes, root, { ...question, capability: "write" })).toEqual({
      kind: "allowed",
      policy: 'allow if capability("write"), scope_authority("ada"), authority_id("ada")',
    });
    expect(tokens.authorize(token.bytes, root, { ...question, authority: "bob" }).kind).toBe("refused");
  });

  check("admin asks for a role beside the capability", ({ issue, ask }) => {
    expect(ask(issue(), { capability: "admin" })).toMatchObject({
      policy: expect.stringContaining('role("member")'),
    });
  });

  check("ids that are UUIDs stand with the prefix of their type", ({ issue, ask }) => {
    const holder = "00000000-0000-0000-0000-00000000000A";
    const token = issue({ holder, scope: { kind: "context", context: holder } });
    const authority = `authority-${holder.toLowerCase()}`;
    expect(ask(token, { authority: holder, context: holder })).toMatchObject({
      policy: expect.stringContaining(`context-${holder.toLowerCase()}`),
    });
    expect(ask(issue({ holder }), { authority }).kind).toBe("allowed");
  });
};

const attenuations = (check: Check, expect: SuiteTools["expect"]): void => {
  check("a token narrowed to reading refuses writing and listing, and names the block and its check", (d) => {
    const token = d.narrow(d.issue(), { kind: "operation", operation: "read", prefix: "/" });
    expect(d.ask(token).kind).toBe("allowed");
    expect(d.ask(token, { capability: "write" })).toEqual({
      kind: "refused",
      why: 'block 1 of the token forbids it: check if operation("read")',
      block: 1,
      check: 'check if operation("read")',
    });
    expect(d.ask(token, { operation: "list" }).kind).toBe("refused");
    expect(d.ask(token, { capability: "chat:message:send", operation: "read" }).kind).toBe("allowed");
  });

  check("a prefix holds for whole segments only, and for every character of it", (d) => {
    const token = d.issue({ scope: { kind: "storage", path: "a.b/c" } });
    const read = (prefix: string) => {
      const narrowed = d.narrow(token, { kind: "operation", operation: "read", prefix });
      const question = { capability: "read", authority: "ada", storage: "a.b/c", at: 0 };
      return d.tokens.authorize(narrowed.bytes, d.root, question).kind;
    };
    const under = ["/", "/storage", "/storage/ada/a.b", "/storage/ada/a.b/c/", "/storage/ada/a.b/c"];
    expect(under.map(read)).toEqual(under.map(() => "allowed"));
    const beside = ["/storage/ad", "/storage/ada/a.b/c/d", "/storage/ada/axb", "/storage/ada/(", "/s"];
    expect(beside.map(read)).toEqual(beside.map(() => "refused"));
  });

  check("a list of capabilities leaves those alone, and adds none", (d) => {
    const token = d.narrow(d.issue(), { kind: "capabilities", only: ["read", "relay:forward"] });
    const asked = ["read", "write", "relay:forward"].map((capability) => d.ask(token, { capability }).kind);
    expect(asked).toEqual(["allowed", "refused", "refused"]);
    expect(d.ask(token, { capability: "write" })).toMatchObject({
      block: 1,
      check: 'check if required_capability($c), ["read", "relay:forward"].contains($c)',
    });
    expect(d.ask(d.narrow(d.issue(), { kind: "capabilities", only: [] })).kind).toBe("refused");
  });

  check("a context narrows to it, and an end to the time before", (d) => {
    const token = d.narrow(
      d.issue(),
      { kind: "context", context: "ctx:s-1" },
      { kind: "expires", at: 1_500 },
    );
    expect(d.ask(token, { at: 1_499 }).kind).toBe("allowed");
    expect(d.ask(token, { at: 1_500 })).toMatchObject({ check: "check if time_ms($t), $t < 1500" });
    expect(d.ask(token, { context: "ctx:s-2" })).toMatchObject({ check: 'check if context_id("ctx:s-1")' });
    const { tokens, root } = d;
    const itself = tokens.authorize(token.bytes, root, { capability: "read", authority: "ada", at: 0 });
    expect(itself).toMatchObject({ kind: "refused", block: 1 });
  });

  check(
    "every block counts, the earliest that fails is named, and each has a revocation id of its own",
    (d) => {
      const whole = d.issue();
      const once = d.narrow(whole, { kind: "capabilities", only: ["read"] });
      const twice = d.narrow(once, { kind: "expires", at: 10 });
      expect(twice.revocationIds.slice(0, 2)).toEqual(once.revocationIds);
      expect(new Set(twice.revocationIds).size).toBe(3);
      expect(d.ask(twice, { capability: "write", at: 20 })).toMatchObject({ block: 1 });
      expect(d.ask(twice, { at: 20 })).toMatchObject({ block: 2 });
      expect(d.ask(whole, { capability: "write", at: 20 }).kind).toBe("allowed");
      expect(d.tokens.inspect(twice.bytes, d.root)).toMatchObject({ value: { depth: 2 } });
    },
  );

  check("an answer does not depend on what was asked before", (d) => {
    const token = d.narrow(d.issue(), { kind: "expires", at: 100 });
    const first = d.ask(token, { at: 50 });
    d.ask(token, { at: 200 });
    d.ask(token, { authority: "bob", at: 50 });
    expect(d.ask(token, { at: 50 })).toEqual(first);
  });
};

const failing = (check: Check, expect: SuiteTools["expect"]): void => {
  check("bytes that are no token, cut short, or with any bit flipped are an error", (d) => {
    const token = d.narrow(d.issue(), { kind: "capabilities", only: ["read"] });
    const code = (bytes: string, root = d.root) => {
      const seen = d.tokens.inspect(bytes, root);
      const answer = d.tokens.authorize(bytes, root, inContext);
      expect(answer).toEqual({ kind: "failed", error: seen.ok ? undefined : seen.error });
      return seen.ok ? "ok" : seen.error.code;
    };
    expect(
      ["", "?", "AAAA", token.bytes.slice(0, 40), `${token.bytes.slice(0, -4)}A`].map((b) => code(b)),
    ).toEqual(["malformed", "malformed", "malformed", "malformed", "malformed"]);
    expect(code(token.bytes, d.keys.create("root:bob"))).toBe("foreign-root");
    expect(code(token.bytes, "no key")).toBe("foreign-root");
    expect(code("A".repeat(65_537))).toBe("limit");
    const raw = fromBase64Url(token.bytes) ?? new Uint8Array();
    for (let bit = 3; bit < raw.length * 8; bit += 101) {
      const flipped = raw.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(["malformed", "foreign-root", "unknown-version"]).toContain(code(toBase64Url(flipped)));
    }
  });

  check("a question it does not understand is an error, never an answer", (d) => {
    const token = d.issue();
    const code = (question: Partial<TokenQuestion>) => {
      const answer = d.ask(token, question);
      return answer.kind === "failed" ? answer.error.code : answer.kind;
    };
    expect([
      code({ capability: "" }),
      code({ capability: "Amp:Send" }),
      code({ operation: "Read" }),
      code({ resourceOperation: "explode" }),
      code({ storage: "a" }),
      code({ context: "a/b" }),
      code({ context: "authority-x" }),
      code({ at: Number.NaN }),
      code({ at: -1 }),
    ]).toEqual([
      "unknown-capability",
      "unknown-capability",
      "unknown-operation",
      "unknown-operation",
      "unknown-scope",
      "unknown-scope",
      "unknown-scope",
      "time-required",
      "time-required",
    ]);
  });

  check("a grant it does not understand is not issued", ({ tokens, keys }) => {
    const code = (with_: object, name = "root:ada") => {
      const made = tokens.issue({ ...grant, ...with_ }, name, keys);
      return made.ok ? "ok" : made.error.code;
    };
    expect([
      code({ capabilities: ["Read"] }),
      code({ capabilities: Array.from({ length: 1_025 }, (_, index) => `a:${index}`) }),
      code({ scope: { kind: "planet" } }),
      code({ scope: { kind: "storage", path: "a/../b" } }),
      code({ scope: { kind: "context", context: 'x") or true' } }),
      code({ holder: "" }),
      code({}, "root:nobody"),
    ]).toEqual([
      "unknown-capability",
      "limit",
      "unknown-scope",
      "malformed",
      "malformed",
      "malformed",
      "unknown-key",
    ]);
  });

  check("a check it does not understand is not appended", ({ tokens, root, issue }) => {
    const token = issue();
    const code = (check_: unknown) => {
      const made = tokens.attenuate(token.bytes, root, [check_ as TokenCheck]);
      return made.ok ? "ok" : made.error.code;
    };
    expect([
      code({ kind: "moon" }),
      code({ kind: "operation", operation: "list", prefix: "/" }),
      code({ kind: "operation", operation: "read", prefix: "a" }),
      code({ kind: "expires", at: 1.5 }),
      code({ kind: "capabilities", only: ["A"] }),
    ]).toEqual(["unknown-check", "unknown-operation", "malformed", "time-required", "unknown-capability"]);
    expect(tokens.attenuate(token.bytes, root, [])).toMatchObject({ ok: false });
  });
};

const properties = (check: Check, expect: SuiteTools["expect"]): void => {
  const names = ["read", "write", "chat:message:send", "relay:forward"];
  const contexts = ["ctx:s-1", "ctx:s-2"];
  const oneCheck = fc.oneof(
    fc.record({ kind: fc.constant("capabilities" as const), only: fc.subarray(names) }),
    fc.record({ kind: fc.constant("context" as const), context: fc.constantFrom(...contexts) }),
    fc.record({ kind: fc.constant("expires" as const), at: fc.integer({ min: 0, max: 4 }) }),
    fc.record({
      kind: fc.constant("operation" as const),
      operation: fc.constantFrom("read" as const, "write" as const),
      prefix: fc.constantFrom("/", "/context", "/context/ctx:s-1", "/storage"),
    }),
  );

  check("whatever a narrowed token allows its parent allowed before", (d) => {
    const blocks = fc.array(oneCheck, { minLength: 1, maxLength: 3 });
    const question = fc.record({
      capability: fc.constantFrom(...names),
      context: fc.constantFrom(...contexts),
      at: fc.integer({ min: 0, max: 4 }),
    });
    fc.assert(
      fc.property(fc.subarray(names), blocks, question, (capabilities, checks, asked) => {
        const chain = [d.issue({ capabilities })];
        for (const one of checks) chain.push(d.narrow(chain.at(-1) as IssuedToken, one));
        const answers = chain.map((token) => d.ask(token, asked).kind);
        const end = answers.indexOf("refused");
        expect(answers.slice(end < 0 ? answers.length : end).every((kind) => kind === "refused")).toBe(true);
        expect(answers).not.toContain("failed");
      }),
      { numRuns: 25 },
    );
  });
};

/** The promises every token port keeps, with the same words in its answers. */
export const tokenPortContract = (name: string, open: OpenTokens, tools: SuiteTools): void => {
  const { describe, it, expect } = tools;
  describe(name, () => {
    const check: Check = (promise, test) => it(promise, () => test(desk(open)));
    grants(check, expect);
    attenuations(check, expect);
    failing(check, expect);
    properties(check, expect);
  });
};
