import type { TokenCheck, TokenRecord } from "@parley/wire";
import { describe, expect, test } from "vitest";
import type { TokenPort } from "../../identity/token-port.ts";
import { memoryKeys } from "../../testing/memory-keys.ts";
import { plainTokens } from "../../testing/plain-tokens.ts";
import { askToken, newFrontier } from "./frontier.ts";

const question = { device: "ada-phone", context: "ctx:s-1", capabilities: ["read"], at: 0 };

const must = <T>(made: { readonly ok: true; readonly value: T } | { readonly ok: false }): T => {
  if (!made.ok) throw new Error("not made");
  return made.value;
};

/** A token from elsewhere: its record knows of no check its bytes hold. */
const fromElsewhere = (checks: readonly TokenCheck[]) => {
  const plain = plainTokens();
  const keys = memoryKeys();
  const root = keys.create("root:ada");
  const scope = { kind: "contexts" } as const;
  const of = { issuer: "ada", holder: "ada", device: "ada-phone", capabilities: ["read"], scope };
  const issued = must(plain.issue(of, "root:ada", keys));
  const { bytes, revocationIds } = must(plain.attenuate(issued.bytes, root, checks));
  const record: TokenRecord = { id: "tok-1", root, ...of, checks: [], bytes, revocationIds };
  let asked = 0;
  const port: TokenPort = {
    ...plain,
    authorize: (...args) => {
      asked += 1;
      return plain.authorize(...args);
    },
  };
  const frontier = newFrontier(port);
  return {
    ask: (at: number, context = "ctx:s-1") =>
      askToken(frontier, "ada", { record, seq: 0 }, "read", { ...question, context, at }).kind,
    asked: () => asked,
  };
};

describe("what is remembered of a token whose record does not list its checks", () => {
  test("does not outlive its end by a millisecond", () => {
    const { ask, asked } = fromElsewhere([{ kind: "expires", at: 1_500 }]);
    expect([1_000, 1_400, 1_499, 1_500, 1_501].map((at) => ask(at))).toEqual([
      "allowed",
      "allowed",
      "allowed",
      "refused",
      "refused",
    ]);
    expect(asked()).toBe(2);
  });

  test("holds in one context where a block names one, and everywhere where none does", () => {
    const bound = fromElsewhere([{ kind: "context", context: "ctx:s-1" }]);
    expect(["ctx:s-1", "ctx:s-2"].map((context) => bound.ask(0, context))).toEqual(["allowed", "refused"]);
    const free = fromElsewhere([{ kind: "capabilities", only: ["read"] }]);
    expect(["ctx:s-1", "ctx:s-2"].map((context) => free.ask(0, context))).toEqual(["allowed", "allowed"]);
    expect(free.asked()).toBe(1);
  });
});
