import type { RoleDecl, RoleIndex, RoleParam, RoleRef } from "./node.ts";

function printParam(param: RoleParam): string {
  switch (param.kind) {
    case "static":
      return `[${param.count}]`;
    case "symbolic":
      return `[${param.name}]`;
    case "runtime":
      return "[*]";
  }
}

/** A role as declared: `W[3]`. */
export const printRoleDecl = (role: RoleDecl): string =>
  role.param === undefined ? role.name.text : role.name.text + printParam(role.param);

function printIndex(index: RoleIndex): string {
  switch (index.kind) {
    case "at":
      return `[${index.index}]`;
    case "symbolic":
      return `[${index.name}]`;
    case "all":
      return "[*]";
    case "range":
      return `[${index.start}..${index.end}]`;
  }
}

/** A role as mentioned: `W[0..2]`. */
export const printRoleRef = (ref: RoleRef): string =>
  ref.index === undefined ? ref.name.text : ref.name.text + printIndex(ref.index);
