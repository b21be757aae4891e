import type { TokenCheck } from "@parley/wire";
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

/** The promises every token port keeps, with the same words in its answers. */
export const tokenPortContract = (name: string, open: OpenTokens, tools: SuiteTools): void => {
  const { describe, it, expect } = tools;
  describe(name, () => {
    const check: Check = (promise, test) => it(promise, () => test(desk(open)));
    grants(check, expect);
  });
};
