import fc from "fast-check";
import { expect, test } from "vitest";
import { memoryKeys } from "../testing/memory-keys.ts";
import { plainTokens } from "../testing/plain-tokens.ts";
import { type Cap, capAtMost, capMeet, capText, emptyCap, readCap, refineCap, topCap } from "./cap.ts";

/** Tokens as trees of narrowings: two roots, every block a letter. */
const cap: fc.Arbitrary<Cap> = fc.oneof(
  fc.constant(topCap),
  fc.constant(emptyCap),
  fc
    .tuple(fc.constantFrom("r", "q"), fc.array(fc.constantFrom("a", "b"), { minLength: 1, maxLength: 3 }))
    .map(([root, ids]) => ({
      kind: "token" as const,
      root,
      revocationIds: ids,
      bytes: `${root}${ids.join("")}`,
    })),
);

test("meeting is commutative, associative and idempotent; everything is neutral, nothing absorbs", () => {
  fc.assert(
    fc.property(cap, cap, cap, (a, b, c) => {
      expect(capMeet(a, b)).toEqual(capMeet(b, a));
      expect(capMeet(a, capMeet(b, c))).toEqual(capMeet(capMeet(a, b), c));
      expect(capMeet(a, a)).toEqual(a);
      expect(capMeet(a, topCap)).toEqual(a);
      expect(capMeet(a, emptyCap)).toEqual(emptyCap);
    }),
    { numRuns: 1_000 },
  );
});

test("what two allow is at most what each allows, and the most of all such", () => {
  fc.assert(
    fc.property(cap, cap, cap, (a, b, lower) => {
      const both = capMeet(a, b);
      expect(capAtMost(both, a) && capAtMost(both, b)).toBe(true);
      if (capAtMost(lower, a) && capAtMost(lower, b)) expect(capAtMost(lower, both)).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});

test("a narrowing that leaves nothing is refused, any other taken", () => {
  const token: Cap = { kind: "token", root: "r", revocationIds: ["a"], bytes: "t" };
  const other: Cap = { kind: "token", root: "q", revocationIds: ["a"], bytes: "u" };
  expect(refineCap(topCap, token)).toEqual({ ok: true, cap: token });
  expect(refineCap(token, other)).toEqual({ ok: false, error: "EmptyFrontier" });
});

test("real tokens: a narrowed one is below its parent, two narrowings of one have nothing in common", () => {
  const [tokens, keys] = [plainTokens(), memoryKeys()];
  const root = keys.create("root:ada");
  const made = tokens.issue(
    { issuer: "ada", holder: "ada", device: "d", capabilities: ["read"], scope: { kind: "contexts" } },
    "root:ada",
    keys,
  );
  const bytes = made.ok ? made.value.bytes : "";
  const narrowed = (at: number) => {
    const next = tokens.attenuate(bytes, root, [{ kind: "expires", at }]);
    return read(next.ok ? next.value.bytes : "");
  };
  const read = (text: string): Cap => {
    const result = readCap(tokens, text, root);
    if (!result.ok) throw new Error(result.error.code);
    return result.cap;
  };
  const [parent, one, two] = [read(bytes), narrowed(1), narrowed(2)];
  expect(capMeet(parent, one)).toEqual(one);
  expect(capMeet(one, two)).toEqual(emptyCap);
  expect(capText(one)).toBe("token(2 blocks, <redacted>)");
  expect([readCap(tokens, "", root), readCap(tokens, bytes, ""), readCap(tokens, bytes, "zz")]).toMatchObject(
    [
      { error: { code: "EmptyToken" } },
      { error: { code: "MissingRootKey" } },
      { error: { code: "InvalidRootKey" } },
    ],
  );
  expect(readCap(tokens, bytes, keys.create("root:bob"))).toMatchObject({
    error: { code: "Deserialization" },
  });
});
