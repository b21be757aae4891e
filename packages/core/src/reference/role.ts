import type { RoleDecl, RoleIndex, RoleParam, RoleRef } from "../constructs/roles/node.ts";

/** The size of a declared family: `W[3]`, `W[N]`, `W[*]`. */
export type ReferenceParam =
  | { readonly kind: "static"; readonly count: number }
  | { readonly kind: "symbolic"; readonly name: string }
  | { readonly kind: "runtime" };

/**
 * A role of the reference's tree. Declarations carry a `param`, mentions an
 * `index`; the two are compared field by field (language.md §5).
 */
export interface ReferenceRole {
  readonly name: string;
  readonly param?: ReferenceParam;
  readonly index?: RoleIndex;
}

const param = (p: RoleParam): ReferenceParam => {
  switch (p.kind) {
    case "static":
      return { kind: "static", count: p.count };
    case "symbolic":
      return { kind: "symbolic", name: p.name };
    case "runtime":
      return { kind: "runtime" };
  }
};

export const declaredRole = (decl: RoleDecl): ReferenceRole =>
  decl.param === undefined ? { name: decl.name.text } : { name: decl.name.text, param: param(decl.param) };

export const mentionedRole = (ref: RoleRef): ReferenceRole =>
  ref.index === undefined ? { name: ref.name.text } : { name: ref.name.text, index: ref.index };

/** What stands between the brackets of a declaration: `3`, `N`, `*`. */
export const paramText = (p: ReferenceParam): string => {
  switch (p.kind) {
    case "static":
      return String(p.count);
    case "symbolic":
      return p.name;
    case "runtime":
      return "*";
  }
};

/** What stands between the brackets of a mention: `0`, `i`, `*`, `0..3`. */
export const indexText = (index: RoleIndex): string => {
  switch (index.kind) {
    case "at":
      return String(index.index);
    case "symbolic":
      return index.name;
    case "all":
      return "*";
    case "range":
      return `${index.start}..${index.end}`;
  }
};

/** `W[3]`, `W[0..2]`, `A`: the way the goldens name a role. */
export const roleText = (role: ReferenceRole): string => {
  if (role.param !== undefined) return `${role.name}[${paramText(role.param)}]`;
  if (role.index !== undefined) return `${role.name}[${indexText(role.index)}]`;
  return role.name;
};

/** Full equality: name, param and index. */
export const sameRole = (a: ReferenceRole, b: ReferenceRole): boolean =>
  a.name === b.name &&
  a.param?.kind === b.param?.kind &&
  a.index?.kind === b.index?.kind &&
  roleText(a) === roleText(b);

/** Whether a mention belongs to a declared role or family (language.md §5). */
export const matchesFamily = (mention: ReferenceRole, family: ReferenceRole): boolean => {
  if (mention.name !== family.name) return false;
  if (family.param === undefined) return sameRole(mention, family);
  if (family.param.kind === "static") return true;
  return mention.index !== undefined || mention.param !== undefined;
};
