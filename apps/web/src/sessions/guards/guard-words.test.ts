import { expect, test } from "vitest";
import {
  budgetWords,
  legOf,
  legsWords,
  pairOf,
  placeOfRead,
  type Verdict,
  verdictWords,
} from "./guard-words.ts";

test("what was read leads to its place on the authority's page, whatever colons its context has", () => {
  const read = (id: string, kind: Verdict["reads"][number]["kind"]) =>
    placeOfRead({ id, kind, version: 1, stream: "ada", text: "" });
  expect(pairOf("budget:ctx:ses_1:bea")).toEqual({ context: "ctx:ses_1", peer: "bea" });
  expect(read("budget:ctx:ses_1:bea", "budget")).toEqual({
    tab: "budgets",
    context: "ctx:ses_1",
    peer: "bea",
  });
  expect(read("leakage:ctx:ses_1", "leakage")).toEqual({ tab: "leakage", context: "ctx:ses_1" });
  expect(read("tok_1", "token")).toEqual({ tab: "tokens", token: "tok_1" });
  expect(read("frontier:ada-phone", "frontier")).toEqual({ tab: "tokens" });
});

test("a denial says its reason, an allowance what it allows", () => {
  const verdict = (part: Partial<Verdict>): Verdict => ({
    guard: "flow",
    allow: true,
    reason: null,
    code: null,
    subject: null,
    before: null,
    after: null,
    reads: [],
    ...part,
  });
  expect(verdictWords(verdict({ allow: false, reason: "too dear" }))).toBe("too dear");
  expect(verdictWords(verdict({ subject: "bea" }))).toBe("can be paid to bea");
  expect(verdictWords(verdict({ guard: "journal", subject: "asked,told" }))).toBe("records asked, told");
});

test("the first leg of a broadcast says what all of them need, budget by budget where there are several", () => {
  const bea = { peer: "bea", legs: 2, needs: 150, left: 100 };
  const fay = { peer: "fay", legs: 1, needs: 75, left: 300 };
  expect(legsWords({ count: 2, budgets: [bea] })).toBe(
    "Checks 2 legs at once, needs 150 of 100 towards bea.",
  );
  expect(legsWords({ count: 3, budgets: [bea, fay] })).toBe("Checks 3 legs at once:");
  expect(legsWords({ count: 3, budgets: [] })).toBe("Checks 3 legs at once.");
  expect([bea, fay].map(budgetWords)).toEqual([
    "2 legs need 150 of 100 towards bea",
    "1 leg needs 75 of 300 towards fay",
  ]);
  expect([legOf("2#0"), legOf("2.Card.0#4"), legOf("2")]).toEqual([1, 5, 1]);
});
