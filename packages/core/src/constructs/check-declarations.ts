import type { CodeName } from "../diagnostics/codes.ts";
import type { Declaration, DeclarationKind } from "./declaration.ts";
import type { DeclarationChecker } from "./declaration-checker.ts";
import { checkDeclaration, whatDeclares } from "./declarations.ts";

/** Kinds whose second declaration of a name the reference refuses too; bundles are checked with their users. */
const duplicateCode: Partial<Record<DeclarationKind, CodeName>> = {
  effect: "duplicateEffect",
  profile: "duplicateProfile",
};

/** Checks the text's own declarations, and the names in the head of its protocol, against everything it can see. */
export function checkDeclarations(own: readonly Declaration[], c: DeclarationChecker): void {
  checkDuplicates(own, c);
  for (const node of own) checkDeclaration(node, c);
  const { protocol } = c;
  if (protocol === undefined) return;
  for (const name of protocol.uses) c.need("effect", name, "undeclaredEffect");
  for (const name of protocol.under) {
    const at = { start: protocol.span.start, end: protocol.span.start };
    c.need(
      "profile",
      name,
      "undeclaredProfile",
      {},
      {
        title: `Declare the profile \`${name.text}\``,
        edits: [{ span: at, text: `profile ${name.text} fairness weak\n\n` }],
      },
    );
  }
}

function checkDuplicates(own: readonly Declaration[], c: DeclarationChecker): void {
  const seen = new Map<string, Declaration>();
  for (const node of own) {
    if (node.kind === "proofBundle") continue;
    const key = `${node.kind} ${node.name.text}`;
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, node);
      continue;
    }
    c.report(duplicateCode[node.kind] ?? "duplicateDeclaration", node.name.span, {
      args: { what: whatDeclares(node.kind), name: node.name.text },
      related: [{ span: first.name.span, message: "declared here first" }],
    });
  }
}
