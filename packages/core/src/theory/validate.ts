import { type AnyType, freeVars } from "./structure.ts";
import { allCommsNonEmpty, firstFinding, isGuarded } from "./well-formed.ts";

/** What is wrong with a type (spec/projection §3.2). */
export type ValidationError =
  | { readonly kind: "UnboundVariable"; readonly name: string }
  | { readonly kind: "EmptyBranches" }
  | { readonly kind: "SelfCommunication"; readonly role: string }
  | { readonly kind: "UnguardedRecursion" }
  | { readonly kind: "DuplicateLabel"; readonly name: string }
  | { readonly kind: "Multiple"; readonly errors: readonly ValidationError[] };

const duplicate = (node: AnyType): string | undefined => {
  if (!("branches" in node)) return undefined;
  const names = node.branches.map((b) => b.label.name);
  return names.find((name, i) => names.indexOf(name) < i);
};

const self = (node: AnyType): string | undefined =>
  node.kind === "comm" && node.sender === node.receiver ? node.sender : undefined;

/** Nothing when the type is well-formed, else its one error, else all of them in the reference's order. */
export const validate = (type: AnyType): ValidationError | undefined => {
  const errors: ValidationError[] = freeVars(type).map((name) => ({ kind: "UnboundVariable", name }));
  if (!allCommsNonEmpty(type)) errors.push({ kind: "EmptyBranches" });
  const role = firstFinding(type, self);
  if (role !== undefined) errors.push({ kind: "SelfCommunication", role });
  if (!isGuarded(type)) errors.push({ kind: "UnguardedRecursion" });
  const name = firstFinding(type, duplicate);
  if (name !== undefined) errors.push({ kind: "DuplicateLabel", name });
  return errors.length > 1 ? { kind: "Multiple", errors } : errors[0];
};

/** The reference's debug text of an error, as goldens hold it: `UnboundVariable("x")`. */
export const validationText = (error: ValidationError): string => {
  switch (error.kind) {
    case "UnboundVariable":
    case "DuplicateLabel":
      return `${error.kind}(${JSON.stringify(error.name)})`;
    case "SelfCommunication":
      return `SelfCommunication(${JSON.stringify(error.role)})`;
    case "Multiple":
      return `Multiple([${error.errors.map(validationText).join(", ")}])`;
    case "EmptyBranches":
    case "UnguardedRecursion":
      return error.kind;
  }
};
