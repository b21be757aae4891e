import type { KernelRole, KernelRoleDecl } from "../../kernel/node.ts";
import type { RoleDecl, RoleRef } from "./node.ts";

/** A mention of a role, without its place. */
export const lowerRole = (ref: RoleRef): KernelRole =>
  ref.index === undefined ? { name: ref.name.text } : { name: ref.name.text, index: ref.index };

/** A declared role; `W[*]` has the size `"*"`. */
export const lowerRoleDecl = (decl: RoleDecl): KernelRoleDecl => {
  const name = decl.name.text;
  switch (decl.param?.kind) {
    case undefined:
      return { name };
    case "static":
      return { name, size: decl.param.count };
    case "symbolic":
      return { name, size: decl.param.name };
    case "runtime":
      return { name, size: "*" };
  }
};

/** The same role with the same index. */
export const sameRole = (a: RoleRef, b: RoleRef): boolean => {
  if (a.name.text !== b.name.text) return false;
  return JSON.stringify(a.index ?? null) === JSON.stringify(b.index ?? null);
};
