import { declared } from "../constructs/declaration.ts";
import type { SourceFile } from "../constructs/protocol/node.ts";
import { mentions, ownRoles, preorder } from "./participants.ts";
import { matchesFamily, type ReferenceRole, sameRole } from "./role.ts";
import { children, type EvidenceGuard, type Protocol } from "./tree.ts";

/** The reference's own refusal of a tree it could read (language.md §13). */
export interface ValidationError {
  readonly error:
    | "UnusedRole"
    | "UndefinedRole"
    | "InvalidChoice"
    | "DuplicateProofBundle"
    | "MissingProofBundle"
    | "ExtensionError";
  readonly message: string;
}

const unusedRole = (tree: Protocol, roles: readonly ReferenceRole[]): ValidationError | undefined => {
  const unused = roles.find((role) => !mentions(tree, (mention) => matchesFamily(mention, role)));
  if (unused === undefined) return undefined;
  return { error: "UnusedRole", message: `Role ${unused.name} is not used in protocol` };
};

const undefinedRole = (node: Protocol, roles: readonly ReferenceRole[]): ValidationError | undefined => {
  const unknown = ownRoles(node).find((mention) => !roles.some((role) => matchesFamily(mention, role)));
  if (unknown === undefined) return undefined;
  return { error: "UndefinedRole", message: `Role ${unknown.name} not declared in choreography` };
};

const invalidChoice = (node: Protocol): ValidationError | undefined => {
  if (node.kind !== "choice") return undefined;
  const { decider } = node;
  const begun = node.branches.every(({ body }) => body.kind === "send" && sameRole(body.from, decider));
  if (begun) return undefined;
  return { error: "InvalidChoice", message: `Choice role ${decider.name} must be sender in all branches` };
};

/** The walk of the reference, which does not look into the arms of a choice. */
const walk = (node: Protocol, roles: readonly ReferenceRole[]): ValidationError | undefined => {
  const own = undefinedRole(node, roles) ?? invalidChoice(node);
  if (own !== undefined || node.kind === "choice") return own;
  for (const child of children(node)) {
    const found = walk(child, roles);
    if (found !== undefined) return found;
  }
  return undefined;
};

const bundles = (file: SourceFile): ValidationError | undefined => {
  const names = declared(file, "proofBundle").map((bundle) => bundle.name.text);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) {
    return { error: "DuplicateProofBundle", message: `Duplicate proof bundle declaration: ${twice}` };
  }
  const missing = (file.protocol?.requires ?? []).find((required) => !names.includes(required.text));
  if (missing === undefined) return undefined;
  const message = `Required proof bundle is not declared: ${missing.text}`;
  return { error: "MissingProofBundle", message };
};

/** Nothing declares an effect yet, so every evidence guard asks one the protocol does not use. */
const evidence = (tree: Protocol): ValidationError | undefined => {
  const guard = preorder(tree)
    .flatMap((node): (EvidenceGuard | undefined)[] =>
      node.kind === "choice" ? node.branches.map((branch) => branch.evidence) : [],
    )
    .find((found) => found !== undefined);
  if (guard === undefined) return undefined;
  const { effect, operation } = guard;
  return {
    error: "ExtensionError",
    message: `Extension error: effect guard \`${effect}.${operation}\` is not allowed without \`uses ${effect}\``,
  };
};

/** The first rule of the reference's validation that the tree breaks, or nothing. */
export const validate = (
  file: SourceFile,
  tree: Protocol,
  roles: readonly ReferenceRole[],
): ValidationError | undefined =>
  unusedRole(tree, roles) ?? walk(tree, roles) ?? bundles(file) ?? evidence(tree);
