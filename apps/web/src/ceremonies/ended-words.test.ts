import { expect, test } from "vitest";
import { endedWords, proposalWords } from "./ended-words.ts";

const ended = { at: 1, reason: "Ceremony timed out", by: null, supersededBy: null };

test("the end of a ceremony is told by whom or why", () => {
  expect(endedWords(ended)).toBe("Ceremony timed out");
  const given = { ...ended, reason: "not now", by: { kind: "operator", id: "operator" } };
  expect(endedWords(given)).toBe("given up by operator: not now");
  const refused = { ...ended, reason: "1 of the 2 that are needed could still accept" };
  expect(endedWords({ ...refused, by: { kind: "policy", id: "ceremonies" } })).toBe(refused.reason);
  expect(endedWords({ ...ended, reason: "explicit_cancel", supersededBy: "c-2" })).toBe(
    "another took its place, taken back",
  );
  expect(endedWords({ ...ended, reason: "precedence", supersededBy: "c-2" })).toBe("another took its place");
});

test("a session that goes on proposes, one that is over proposed", () => {
  expect(proposalWords("active")).toBe("What it does stays a proposal");
  expect(proposalWords("completed")).toBe("What it did stays a proposal");
});
