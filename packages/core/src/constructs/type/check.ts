import type { DeclarationChecker } from "../declaration-checker.ts";
import type { TypeDecl } from "./node.ts";

/** Constructors of a sum have different names. Type names themselves are free: payloads may name types of elsewhere. */
export function checkTypeDecl(node: TypeDecl, c: DeclarationChecker): void {
  const seen = new Map<string, TypeDecl["constructors"][number]>();
  for (const alternative of node.constructors) {
    const name = alternative.name.text;
    const first = seen.get(name);
    if (first === undefined) seen.set(name, alternative);
    else {
      c.report("duplicateConstructor", alternative.name.span, {
        args: { type: node.name.text, name },
        related: [{ span: first.name.span, message: "first here" }],
      });
    }
  }
}
