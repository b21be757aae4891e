import { declared } from "../constructs/declaration.ts";
import type { SourceFile } from "../constructs/protocol/node.ts";
import { mentions, ownRoles } from "./participants.ts";
import { matchesFamily, type ReferenceRole, sameRole } from "./role.ts";
import { explicitProgress } from "./tier.ts";
import { children, type Protocol } from "./tree.ts";
import { effectError } from "./validate-effects.ts";

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

const duplicate = (names: readonly string[]): string | undefined =>
  names.find((name, i) => names.indexOf(name) < i);

const bundles = (file: SourceFile): ValidationError | undefined => {
  const names = declared(file, "proofBundle").map((bundle) => bundle.name.text);
  const twice = duplicate(names);
  if (twice !== undefined) {
    return { error: "DuplicateProofBundle", message: `Duplicate proof bundle declaration: ${twice}` };
  }
  const missing = (file.protocol?.requires ?? []).find((required) => !names.includes(required.text));
  if (missing === undefined) return undefined;
  const message = `Required proof bundle is not declared: ${missing.text}`;
  return { error: "MissingProofBundle", message };
};

const profileError = (file: SourceFile): string | undefined => {
  const names = declared(file, "profile").map((profile) => profile.name.text);
  const twice = duplicate(names);
  if (twice !== undefined) return `duplicate execution profile declaration \`${twice}\``;
  const missing = (file.protocol?.under ?? []).find((name) => !names.includes(name.text));
  return missing === undefined
    ? undefined
    : `protocol references undeclared execution profile \`${missing.text}\``;
};

const operationError = (file: SourceFile): string | undefined => {
  const profiles = declared(file, "agreementProfile").map((profile) => profile.name.text);
  for (const { name, progress, agreement } of declared(file, "operation")) {
    const which = `operation \`${name.text}\``;
    if (progress === undefined) return `${which} is parity-critical and must declare a progress contract`;
    if (!explicitProgress(progress))
      return `${which} must declare explicit progress metadata using \`requires\`, \`within\`, \`on timeout\`, or \`on stall\``;
    if (agreement === undefined) return `${which} must attach a named agreement profile`;
    if (!profiles.includes(agreement.profile.text))
      return `${which} references undeclared agreement profile \`${agreement.profile.text}\``;
  }
  return undefined;
};

/** Rules about declarations, which all share one kind of error. */
const extensions = (file: SourceFile, tree: Protocol): ValidationError | undefined => {
  const uses = (file.protocol?.uses ?? []).map((name) => name.text);
  const message =
    effectError(declared(file, "effect"), uses, tree) ?? profileError(file) ?? operationError(file);
  return message === undefined
    ? undefined
    : { error: "ExtensionError", message: `Extension error: ${message}` };
};

/** The first rule of the reference's validation that the tree breaks, or nothing. */
export const validate = (
  file: SourceFile,
  tree: Protocol,
  roles: readonly ReferenceRole[],
): ValidationError | undefined =>
  unusedRole(tree, roles) ?? walk(tree, roles) ?? bundles(file) ?? extensions(file, tree);
