import type { GlobalType } from "./global-type.ts";
import type { LocalTypeR } from "./local-type-r.ts";
import { type AnyType, freeVars } from "./structure.ts";

const allNames = (type: AnyType, into: Set<string>): Set<string> => {
  if (type.kind === "var") into.add(type.name);
  if (type.kind === "mu") allNames(type.body, into.add(type.var));
  if ("branches" in type) for (const b of type.branches) allNames(b.next, into);
  return into;
};

const mapBranches = (type: AnyType, f: (next: AnyType) => AnyType): AnyType =>
  "branches" in type
    ? ({ ...type, branches: type.branches.map((b) => ({ ...b, next: f(b.next) })) } as AnyType)
    : type;

const subst = (type: AnyType, variable: string, by: AnyType): AnyType => {
  if (type.kind === "var") return type.name === variable ? by : type;
  if (type.kind !== "mu") return mapBranches(type, (next) => subst(next, variable, by));
  if (type.var === variable) return type;
  if (!freeVars(by).includes(type.var)) {
    return { ...type, body: subst(type.body, variable, by) } as AnyType;
  }
  const taken = allNames(by, allNames(type.body, new Set([variable])));
  let n = 0;
  while (taken.has(`${type.var}_${n}`)) n++;
  const fresh = `${type.var}_${n}`;
  const renamed = subst(type.body, type.var, { kind: "var", name: fresh });
  return { kind: "mu", var: fresh, body: subst(renamed, variable, by) } as AnyType;
};

/**
 * Puts `by` for the free occurrences of `variable`. A binder that would
 * capture is renamed to the first free `name_0`, `name_1`, … (spec/projection §4).
 */
export const substitute = <T extends GlobalType | LocalTypeR>(type: T, variable: string, by: T): T =>
  subst(type, variable, by) as T;

/** One unfolding of a leading binder; other types are returned as they are. */
export const unfold = <T extends GlobalType | LocalTypeR>(type: T): T =>
  type.kind === "mu" ? (subst(type.body, type.var, type) as T) : type;
