import { expect, test } from "vitest";
import { pairOf, placeOfRead, type Verdict, verdictWords } from "./guard-words.ts";

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
