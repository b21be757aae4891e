import type { ProgressClause } from "../constructs/operation/node.ts";
import type { RoleDecl } from "../constructs/roles/node.ts";
import type { Statement } from "../constructs/statement.ts";
import type { Kernel, KernelRole, PayloadType } from "./node.ts";

/** Loops around a statement: which variable each `rec` label means, and every variable that may not be taken again. */
export interface Scope {
  readonly labels: ReadonlyMap<string, string>;
  readonly taken: ReadonlySet<string>;
}

/** What lowering one construct needs from the rest. */
export interface LowerContext {
  readonly roles: readonly RoleDecl[];
  readonly locals: ReadonlyMap<string, readonly Statement[]>;
  /** Who does a statement that sends nothing. */
  performer(statement: Statement): KernelRole;
  /** What a declared operation says of its progress; nothing for one that is not declared. */
  progressOf(operation: string): ProgressClause | undefined;
  /** What the effect operation `Stock.reserve` answers. */
  resultOf(what: string): PayloadType;
  /** Lowers a list, last statement first, so that `next` follows every way it can end. */
  body(statements: readonly Statement[], scope: Scope, idOf: (k: number) => string, next: Kernel): Kernel;
  /** Counts a node; throws `KernelTooLarge` past the limit. */
  node<K extends Kernel>(node: K): K;
}

/** Lowers one statement at path `id`, followed by `next`. */
export type Lower<S extends Statement> = (
  statement: S,
  id: string,
  scope: Scope,
  next: Kernel,
  context: LowerContext,
) => Kernel;

/** Thrown inside lowering only; `lower` turns it into a finding. */
export class KernelTooLarge extends Error {
  override readonly name = "KernelTooLarge";
}

/** `base`, or `base_2`, `base_3`, … when an enclosing loop has that name. */
export const freshVariable = (base: string, scope: Scope): string => {
  let name = base;
  for (let n = 2; scope.taken.has(name); n++) name = `${base}_${n}`;
  return name;
};

/** The scope inside a loop with this variable. */
export const insideLoop = (scope: Scope, variable: string, label?: string): Scope => ({
  labels: label === undefined ? scope.labels : new Map([...scope.labels, [label, variable]]),
  taken: new Set([...scope.taken, variable]),
});
