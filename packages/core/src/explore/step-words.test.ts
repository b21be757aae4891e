import { expect, it } from "vitest";
import { analyse } from "../analyse.ts";
import { stepWords } from "./step-words.ts";
import { walk } from "./walk.ts";

const wordsOf = (body: string, picks: readonly number[]): readonly string[] => {
  const { samples } = analyse(`protocol P =\n  roles A, B\n${body}`);
  return walk(samples?.at(-1)?.locals ?? {}, picks).trace.map(stepWords);
};

it("a decision, what is sent and what arrives", () => {
  const body = `  choice A at
    | Yes =>
      A -> B : Yes of Nat
    | No =>
      A -> B : No
`;
  expect(wordsOf(body, [0, 0])).toEqual(["A decides for Yes(Nat) and tells B", "B receives Yes(Nat) from A"]);
});

it("the end of a wait: who is told and what is left", () => {
  const body = `  timeout 5s A at
    A -> B : Ask
    B -> A : Answer
  on timeout =>
    A -> B : GiveUp
`;
  // A sends, its time runs out, it tells B.
  const words = wordsOf(body, [1, 0, 0, 0, 0]);
  expect(words.slice(0, 3)).toEqual(["A sends Ask to B", "A's time is up", "A tells B: timeout"]);
  expect(words).toContain("B leaves the scope: A says timeout");
  expect(words).toContain("B is told by A: timeout");
});
