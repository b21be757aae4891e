import type { DeclarationChecker } from "../declaration-checker.ts";
import type { AgreementProfile } from "./node.ts";
import { AGREEMENT_FIELDS } from "./parse.ts";

/** All five fields are needed; one finding says which lack, and its fix adds them. */
export function checkAgreementProfile(node: AgreementProfile, c: DeclarationChecker): void {
  const missing = AGREEMENT_FIELDS.filter(({ key }) => node[key] === undefined);
  const [first, ...others] = missing;
  if (first === undefined || !c.wasRead(node.span)) return;
  // Beside what is there: right in every layout.
  const at = { start: node.span.end, end: node.span.end };
  const added = missing.map(({ word, usual }) => `${word} ${usual}`).join(" ");
  const more = others.length === 0 ? "" : ` (and ${others.map(({ word }) => word).join(", ")})`;
  c.report("missingAgreementField", node.name.span, {
    args: { name: node.name.text, field: first.word, more },
    fix: { title: `Add \`${added}\``, edits: [{ span: at, text: ` ${added}` }] },
  });
}
