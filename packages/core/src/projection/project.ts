import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { BoundProtocol } from "../kernel/bound.ts";
import { KernelIndex } from "./kernel-index.ts";
import type { LocalType } from "./local-type.ts";
import { type ParRace, parRaces } from "./par-race.ts";
import { RoleProjector } from "./role-projector.ts";

/** A role's local type, or why it has none. */
export type Projected =
  | { readonly ok: true; readonly local: LocalType }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

interface Prepared {
  readonly index: KernelIndex;
  readonly races: readonly ParRace[];
}

const prepared = new WeakMap<BoundProtocol, Prepared>();

const prepare = (bound: BoundProtocol): Prepared => {
  const index = new KernelIndex(bound.body);
  return { index, races: parRaces(index.order) };
};

const preparedFor = (bound: BoundProtocol): Prepared => {
  const before = prepared.get(bound);
  if (before !== undefined) return before;
  const fresh = prepare(bound);
  prepared.set(bound, fresh);
  return fresh;
};

const projectRole = (bound: BoundProtocol, { index, races }: Prepared, role: string): Projected => {
  const own = races.filter((race) => race.from === role || race.to === role).map((race) => race.diagnostic);
  if (!index.mentions(role)) return { ok: true, local: { kind: "end" } };
  const projector = new RoleProjector(index, role).all();
  const local = projector.value(bound.body).rest ?? { kind: "end" };
  const diagnostics = [...own, ...projector.diagnostics];
  return diagnostics.length === 0 ? { ok: true, local } : { ok: false, diagnostics };
};

/**
 * What `role` does in a bound protocol: the strict merge of spec/projection
 * over the kernel, with what model §3 adds. Arms may begin with different
 * receivers, loops in which the role has no part are passed over, parallel
 * arms stay parallel. A role that is not told what it must know is refused,
 * with the decision, both ways and the first message where they part.
 */
export const project = (bound: BoundProtocol, role: string): Projected =>
  projectRole(bound, preparedFor(bound), role);

/** Every role's local type; `diagnostics` holds each finding once, roles without a type are left out of `locals`. */
export const projectAll = (
  bound: BoundProtocol,
): { readonly locals: Readonly<Record<string, LocalType>>; readonly diagnostics: readonly Diagnostic[] } => {
  const locals: Record<string, LocalType> = {};
  const diagnostics = new Set<Diagnostic>();
  const all = prepare(bound);
  for (const role of bound.roles) {
    const projected = projectRole(bound, all, role);
    if (projected.ok) locals[role] = projected.local;
    else for (const found of projected.diagnostics) diagnostics.add(found);
  }
  return { locals, diagnostics: [...diagnostics] };
};
