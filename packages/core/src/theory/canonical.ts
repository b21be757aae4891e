import { byLabel, compareText, type Label } from "./label.ts";
import type { PayloadSort } from "./payload-sort.ts";
import { type AnyType, freeVars } from "./structure.ts";
import type { ValType } from "./val-type.ts";

/** The de Bruijn form, ready to be written: binders have no names, index 0 is the innermost. */
type Nameless =
  | "End"
  | { readonly Comm: { readonly sender: string; readonly receiver: string; readonly branches: unknown } }
  | { readonly Send: { readonly partner: string; readonly branches: unknown } }
  | { readonly Recv: { readonly partner: string; readonly branches: unknown } }
  | { readonly Rec: Nameless }
  | { readonly Var: number };

// Fields are rebuilt so that they are written in the reference's order whatever order the input had.
const sortJson = (sort: PayloadSort): unknown => {
  if (typeof sort === "string") return sort;
  return "Vector" in sort ? { Vector: sort.Vector } : { Prod: sort.Prod.map(sortJson) };
};

const valJson = (val: ValType | null): unknown => {
  if (val === null || typeof val === "string") return val;
  return "Chan" in val
    ? { Chan: { sid: val.Chan.sid, role: val.Chan.role } }
    : { Prod: val.Prod.map(valJson) };
};

const labelJson = (label: Label): unknown => ({ name: label.name, sort: sortJson(label.sort) });

const nameless = (type: AnyType, scope: readonly string[]): Nameless => {
  switch (type.kind) {
    case "end":
      return "End";
    case "var": {
      const index = scope.indexOf(type.name);
      return { Var: index < 0 ? scope.length : index };
    }
    case "mu":
      return { Rec: nameless(type.body, [type.var, ...scope]) };
    case "comm": {
      const branches = byLabel(type.branches).map((b) => [labelJson(b.label), nameless(b.next, scope)]);
      return { Comm: { sender: type.sender, receiver: type.receiver, branches } };
    }
    case "send":
    case "recv": {
      const branches = byLabel(type.branches).map((b) => [
        labelJson(b.label),
        valJson(b.payload),
        nameless(b.next, scope),
      ]);
      const body = { partner: type.partner, branches };
      return type.kind === "send" ? { Send: body } : { Recv: body };
    }
  }
};

/** The text that is hashed to a content id; nothing for a type with free variables (spec/projection §16). */
export const canonicalText = (type: AnyType): string | undefined =>
  freeVars(type).length > 0 ? undefined : JSON.stringify(nameless(type, []));

/** The text that is hashed to a template id: free variables are kept by name. */
export const templateText = (type: AnyType): string => {
  const free = [...freeVars(type)].sort(compareText);
  return JSON.stringify({ free_vars: free, db: nameless(type, free) });
};
