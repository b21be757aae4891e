import { abandon, declaredName, inOrder, parseMembers } from "../../syntax/members.ts";
import type { Parser } from "../../syntax/parser.ts";
import type { Name } from "../name.ts";
import type { ExecutionProfile } from "./node.ts";

/** The fields of an execution profile: keyword and key of the node. */
export const PROFILE_FIELDS = [
  { word: "fairness", key: "fairness" },
  { word: "admissibility", key: "admissibility" },
  { word: "escalation_window", key: "escalationWindow" },
] as const;

type Key = (typeof PROFILE_FIELDS)[number]["key"];

/** `profile Live fairness strong admissibility open escalation_window short`; the cursor stands at the keyword. */
export function parseExecutionProfile(p: Parser): ExecutionProfile | undefined {
  const start = p.start;
  p.next();
  const name = declaredName(p, "the name of the execution profile");
  if (name === undefined) return abandon(p);
  const fields: { [K in Key]?: Name } = {};
  let end = name.span.end;
  parseMembers(p, "`fairness`, `admissibility` or `escalation_window`", () => {
    const field = PROFILE_FIELDS.find(({ word }) => p.isWord(word));
    if (field === undefined) return false;
    if (fields[field.key] !== undefined) p.report("givenTwice", p.span, { args: { what: field.word } });
    p.next();
    const value = declaredName(p, `the value of \`${field.word}\``);
    if (value !== undefined) fields[field.key] = value;
    end = p.lastEnd;
    return true;
  });
  return { kind: "profile", name, ...inOrder(PROFILE_FIELDS, fields), span: { start, end } };
}
