import type { GlobalType } from "./global-type.ts";
import { sameLabel } from "./label.ts";
import type { LocalTypeR } from "./local-type-r.ts";
import { sameValType } from "./val-type.ts";

/** Pairs of binder names that stand for each other, innermost last; empty when names must be equal. */
type Renaming = readonly (readonly [string, string])[];

const sameVar = (a: string, b: string, names: Renaming): boolean => {
  for (let i = names.length - 1; i >= 0; i--) {
    const pair = names[i];
    if (pair?.[0] === a || pair?.[1] === b) return pair[0] === a && pair[1] === b;
  }
  return a === b;
};

const compareLocal = (a: LocalTypeR, b: LocalTypeR, names: Renaming, alpha: boolean): boolean => {
  switch (a.kind) {
    case "end":
      return b.kind === "end";
    case "var":
      return b.kind === "var" && sameVar(a.name, b.name, names);
    case "mu":
      if (b.kind !== "mu" || (!alpha && a.var !== b.var)) return false;
      return compareLocal(a.body, b.body, [...names, [a.var, b.var]], alpha);
    case "send":
    case "recv":
      return (
        b.kind === a.kind &&
        a.partner === b.partner &&
        a.branches.length === b.branches.length &&
        a.branches.every((x, i) => {
          const y = b.branches[i];
          return (
            y !== undefined &&
            sameLabel(x.label, y.label) &&
            sameValType(x.payload, y.payload) &&
            compareLocal(x.next, y.next, names, alpha)
          );
        })
      );
  }
};

/** Structural equality: order of branches, binder names and annotations count. */
export const equalLocal = (a: LocalTypeR, b: LocalTypeR): boolean => compareLocal(a, b, [], false);

/** Equality up to the names of binders; free variables must agree. */
export const alphaEqualLocal = (a: LocalTypeR, b: LocalTypeR, names: Renaming = []): boolean =>
  compareLocal(a, b, names, true);

/** Structural equality of global types. */
export const equalGlobal = (a: GlobalType, b: GlobalType): boolean => {
  switch (a.kind) {
    case "end":
      return b.kind === "end";
    case "var":
      return b.kind === "var" && a.name === b.name;
    case "mu":
      return b.kind === "mu" && a.var === b.var && equalGlobal(a.body, b.body);
    case "comm":
      return (
        b.kind === "comm" &&
        a.sender === b.sender &&
        a.receiver === b.receiver &&
        a.branches.length === b.branches.length &&
        a.branches.every((x, i) => {
          const y = b.branches[i];
          return y !== undefined && sameLabel(x.label, y.label) && equalGlobal(x.next, y.next);
        })
      );
  }
};
