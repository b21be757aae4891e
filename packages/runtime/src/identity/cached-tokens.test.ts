import { describe, expect, it } from "vitest";
import { memoryKeys } from "../testing/memory-keys.ts";
import { plainTokens } from "../testing/plain-tokens.ts";
import { tokenPortContract } from "../testing/token-port.contract.ts";
import { cachedTokens } from "./cached-tokens.ts";
import type { TokenAnswer, TokenPort, TokenQuestion } from "./token-port.ts";
import { expiryBucket, tokenTimes } from "./token-times.ts";

tokenPortContract(
  "tokens with a cache",
  () => ({ tokens: cachedTokens(plainTokens()), keys: memoryKeys() }),
  {
    describe,
    expect,
    it,
  },
);

/** A port that counts what it is asked, and may fail at first. */
const counting = (failures = 0) => {
  const plain = plainTokens();
  const asked: TokenQuestion[] = [];
  const port: TokenPort = {
    ...plain,
    authorize(bytes, root, question): TokenAnswer {
      asked.push(question);
      return asked.length <= failures
        ? { kind: "failed", error: { code: "time-out", ms: 50, retryable: true } }
        : plain.authorize(bytes, root, question);
    },
  };
  const keys = memoryKeys();
  const root = keys.create("root:ada");
  const grant = {
    issuer: "ada",
    holder: "ada",
    device: "d",
    capabilities: ["read"],
    scope: { kind: "contexts" },
  } as const;
  const made = plain.issue(grant, "root:ada", keys);
  const bytes = made.ok ? made.value.bytes : "";
  const narrowed = plain.attenuate(bytes, root, [{ kind: "expires", at: 100 }]);
  return { port, asked, root, bytes: narrowed.ok ? narrowed.value.bytes : "" };
};

const question: TokenQuestion = { capability: "read", authority: "ada", context: "ctx:s-1", at: 1 };

describe("a cache of answers", () => {
  it("asks once while nothing that matters changes, and again at the token's end", () => {
    const { port, asked, root, bytes } = counting();
    const cached = cachedTokens(port);
    const kinds = [1, 2, 99, 100, 5_000, 7].map(
      (at) => cached.authorize(bytes, root, { ...question, at }).kind,
    );
    expect(kinds).toEqual(["allowed", "allowed", "allowed", "refused", "refused", "allowed"]);
    expect(asked.map(({ at }) => at)).toEqual([1, 100]);
  });

  it("asks again for every other capability, resource, operation, actor, token and root", () => {
    const { port, asked, root, bytes } = counting();
    const cached = cachedTokens(port);
    const others: readonly Partial<TokenQuestion>[] = [
      {},
      { capability: "write" },
      { authority: "bob" },
      { context: "ctx:s-2" },
      { operation: "list" },
      { resourceOperation: "add_binding" },
    ];
    for (const other of [...others, ...others]) cached.authorize(bytes, root, { ...question, ...other });
    expect(asked).toHaveLength(others.length);
    expect(cached.authorize(bytes, "0".repeat(64), question).kind).toBe("failed");
  });

  it("keeps no error", () => {
    const { port, asked, root, bytes } = counting(1);
    const cached = cachedTokens(port);
    const kinds = [1, 1, 1].map((at) => cached.authorize(bytes, root, { ...question, at }).kind);
    expect(kinds).toEqual(["failed", "allowed", "allowed"]);
    expect(asked).toHaveLength(2);
  });

  it("forgets the oldest beyond its limits", () => {
    const { port, asked, root, bytes } = counting();
    const cached = cachedTokens(port, { tokens: 1, answers: 1 });
    for (const capability of ["read", "write", "read"])
      cached.authorize(bytes, root, { ...question, capability });
    expect(asked).toHaveLength(3);
  });
});

describe("the times of a token", () => {
  it("are the ends it has, each beginning a stretch", () => {
    const times = tokenTimes([
      'check if time_ms($t), $t < 200;\ncheck if operation("read");\n',
      "check if time_ms($t), $t < 100;\n",
    ]);
    expect(times).toEqual({ ends: [100, 200], exact: false });
    expect([0, 99, 100, 199, 200].map((at) => expiryBucket(times, at))).toEqual(["0", "0", "1", "1", "2"]);
  });

  it.each([
    "check if time($t), $t < 5;",
    "check if time_ms($t), $t > 5;",
    "late($t) <- time_ms($t);",
    'check if operation("read"), time_ms($t), $t < 9;',
  ])("count by the millisecond where a block of others says %s", (line) => {
    expect(expiryBucket(tokenTimes([`${line}\n`]), 7)).toBe("@7");
  });
});
