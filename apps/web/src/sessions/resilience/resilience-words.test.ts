import { expect, test } from "vitest";
import { breakerWords, pairsOf, retryWords } from "./resilience-words.ts";

test("says of a pair how often it was tried, and of a breaker why it stands there", () => {
  const retry = { attempts: 2, maxAttempts: 3, next: 1, cause: "they do not reach each other" };
  expect(retryWords({ ...retry, state: "waiting" })).toBe("Try 2 of 3 failed: they do not reach each other");
  expect(retryWords({ ...retry, state: "failed" })).toContain("Given up after 2");
  expect(retryWords({ ...retry, state: "succeeded" })).toBe("Went well at try 2");
  const breaker = {
    failureCount: 2,
    openedAt: null,
    until: null,
    testRequests: 1,
    failureThreshold: 5,
    testThreshold: 2,
  };
  expect(breakerWords({ ...breaker, state: "Closed" })).toContain("2 of 5");
  expect(breakerWords({ ...breaker, state: "HalfOpen" })).toContain("1 of 2");
});

test("names every pair once", () => {
  expect(pairsOf(["a", "b", "c"])).toEqual([
    ["a", "b"],
    ["a", "c"],
    ["b", "c"],
  ]);
});
