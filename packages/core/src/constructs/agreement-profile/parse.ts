import { abandon, declaredName, inOrder, parseMembers } from "../../syntax/members.ts";
import type { Parser } from "../../syntax/parser.ts";
import type { Name } from "../name.ts";
import type { AgreementProfile } from "./node.ts";

/** The fields of an agreement profile: keyword, key of the node, and the value a fix proposes; in the order they are asked for. */
export const AGREEMENT_FIELDS = [
  { word: "visibility", key: "visibility", usual: "public" },
  { word: "rule", key: "rule", usual: "unanimous" },
  { word: "usable_at", key: "usableAt", usual: "commit" },
  { word: "finalized_at", key: "finalizedAt", usual: "close" },
  { word: "evidence", key: "evidence", usual: "signatures" },
] as const;

type Key = (typeof AGREEMENT_FIELDS)[number]["key"];

/** `agreement_profile Council visibility … rule …`; the cursor stands at the keyword. */
export function parseAgreementProfile(p: Parser): AgreementProfile | undefined {
  const start = p.start;
  p.next();
  const name = declaredName(p, "the name of the agreement profile");
  if (name === undefined) return abandon(p);
  const fields: { [K in Key]?: Name } = {};
  let end = name.span.end;
  parseMembers(p, "`visibility`, `rule`, `usable_at`, `finalized_at` or `evidence`", () => {
    const field = AGREEMENT_FIELDS.find(({ word }) => p.isWord(word));
    if (field === undefined) return false;
    if (fields[field.key] !== undefined) p.report("givenTwice", p.span, { args: { what: field.word } });
    p.next();
    const value = declaredName(p, `the value of \`${field.word}\``);
    if (value !== undefined) fields[field.key] = value;
    end = p.lastEnd;
    return true;
  });
  return { kind: "agreementProfile", name, ...inOrder(AGREEMENT_FIELDS, fields), span: { start, end } };
}
