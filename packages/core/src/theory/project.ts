import type { GlobalType } from "./global-type.ts";
import type { LocalBranchR, LocalTypeR } from "./local-type-r.ts";
import { mergeAll } from "./merge.ts";
import type { MergeError } from "./merge-error.ts";
import { roles } from "./structure.ts";

/** Why a role has no local type (spec/projection §6). */
export type ProjectionError =
  | { readonly kind: "MergeFailure"; readonly role: string; readonly source: MergeError }
  | { readonly kind: "EmptyBranches"; readonly sender: string; readonly receiver: string };

/** A local type, or why there is none. */
export type ProjectionR =
  | { readonly ok: true; readonly type: LocalTypeR }
  | { readonly ok: false; readonly error: ProjectionError };

/** The variable does not stand bare at the head of the type, through other binders. */
const varGuarded = (type: LocalTypeR, name: string): boolean => {
  if (type.kind === "var") return type.name !== name;
  return type.kind !== "mu" || type.var === name || varGuarded(type.body, name);
};

const projectComm = (type: GlobalType & { kind: "comm" }, role: string): ProjectionR => {
  const { sender, receiver } = type;
  if (type.branches.length === 0) return { ok: false, error: { kind: "EmptyBranches", sender, receiver } };
  const branches: LocalBranchR[] = [];
  for (const branch of type.branches) {
    const next = project(branch.next, role);
    if (!next.ok) return next;
    branches.push({ label: branch.label, payload: null, next: next.type });
  }
  if (role === sender) return { ok: true, type: { kind: "send", partner: receiver, branches } };
  if (role === receiver) return { ok: true, type: { kind: "recv", partner: sender, branches } };
  const merged = mergeAll(branches.map((b) => b.next));
  return merged.ok ? merged : { ok: false, error: { kind: "MergeFailure", role, source: merged.error } };
};

/**
 * What `role` does in `type` (spec/projection §6). A loop in which the role
 * does nothing is `end`, with or without its variable: the reference keeps an
 * empty binder (deviation `loop-binder-without-variable-kept`).
 */
export const project = (type: GlobalType, role: string): ProjectionR => {
  switch (type.kind) {
    case "end":
      return { ok: true, type: { kind: "end" } };
    case "var":
      return { ok: true, type: { kind: "var", name: type.name } };
    case "comm":
      return projectComm(type, role);
    case "mu": {
      const body = project(type.body, role);
      if (!body.ok) return body;
      if (body.type.kind === "end" || !varGuarded(body.type, type.var)) {
        return { ok: true, type: { kind: "end" } };
      }
      return { ok: true, type: { kind: "mu", var: type.var, body: body.type } };
    }
  }
};

/** Every role's local type in order of role; the first failure, in that order, ends it. */
export const projectAll = (
  type: GlobalType,
):
  | { readonly ok: true; readonly locals: readonly (readonly [string, LocalTypeR])[] }
  | { readonly ok: false; readonly error: ProjectionError } => {
  const locals: (readonly [string, LocalTypeR])[] = [];
  for (const role of roles(type)) {
    const one = project(type, role);
    if (!one.ok) return one;
    locals.push([role, one.type]);
  }
  return { ok: true, locals };
};
