import { isDeepStrictEqual } from "node:util";
import { accepts, answer } from "./answer.ts";
import type { CaseFile, Expectation } from "./case-files.ts";
import { compareCase, renamedBinders } from "./compare.ts";

type Json = Readonly<Record<string, unknown>>;

/** Every key of `part` is in `whole` with the same value; objects in depth. */
const holds = (whole: unknown, part: unknown): boolean => {
  if (part === null || typeof part !== "object" || Array.isArray(part)) return isDeepStrictEqual(whole, part);
  if (whole === null || typeof whole !== "object") return false;
  return Object.entries(part).every(([key, value]) => holds((whole as Json)[key], value));
};

const sameType = (a: unknown, b: unknown): boolean => isDeepStrictEqual(renamedBinders(a), renamedBinders(b));

const judgeLanguage = (
  input: string,
  outcome: Expectation["outcome"],
  global: unknown,
): readonly string[] => {
  const accepted = accepts(input);
  if (outcome === "reject") return accepted ? ["accepted, and must be refused"] : [];
  if (outcome === "accept-or-reject") return [];
  if (!accepted) return ["refused, and must be accepted"];
  const reached = global === undefined || sameType(answer("language", input).global, global);
  return reached ? [] : ["global: not the type to reach"];
};

/** Where the case disagrees, in words; empty when it passes. */
export const judge = (file: CaseFile): readonly string[] => {
  const instead = (ours: Json): readonly string[] =>
    file.instead && !holds(ours, file.instead)
      ? [`not what our own list expects: ${JSON.stringify(file.instead)}`]
      : [];
  if (file.expect?.area === "language") {
    // Our own list may judge otherwise, with its reason.
    const outcome = (file.instead?.outcome as Expectation["outcome"] | undefined) ?? file.expect.outcome;
    return judgeLanguage(file.input, outcome, file.expect.global);
  }
  const ours = answer(file.area, file.input);
  // The golden of a deviation shows what not to do; our own list says what to do.
  if (file.expect) return file.instead ? instead(ours) : ["our own list names no outcome"];
  const found = compareCase(file.area, file.name, ours, file.golden, file.skip);
  const words = found.map(
    ({ key, expected, actual }) => `${key}: ${short(actual)} instead of ${short(expected)}`,
  );
  return [...words, ...instead(ours)];
};

const short = (value: unknown): string => {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
};
