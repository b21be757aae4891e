import type { CommBranch } from "../kernel/node.ts";
import type { Span } from "../text/span.ts";
import type { LocalType } from "./local-type.ts";

/** Two ways one decision can go, and who makes it. */
export interface Parting {
  readonly decider: string;
  readonly span: Span;
  readonly left: Way;
  readonly right: Way;
}

/** One way of a decision: how it is called, where it stands. */
export interface Way {
  readonly name: string;
  readonly span: Span;
}

/** The way of a branch as its decider knows it. */
export const wayOf = (branch: CommBranch): Way => ({ name: branch.arm ?? branch.label, span: branch.span });

/**
 * What a role does from some point on, before it is known whether the loops
 * around that point concern it. `vars` are loops that may go round again here
 * without the role having done anything; `rest` is what else it may do,
 * nothing when there is nothing else.
 */
export interface Value {
  readonly vars: ReadonlySet<string>;
  readonly rest: LocalType | undefined;
  /** The decision between a bare loop variable and `rest`. */
  readonly mixedAt?: Parting;
}

const NONE: ReadonlySet<string> = new Set();

/** A value without bare variables. */
export const plain = (rest: LocalType): Value => ({ vars: NONE, rest });

/** A bare variable. */
export const bare = (name: string): Value => ({ vars: new Set([name]), rest: undefined });

/** Both sets, as one of the two where possible. */
export const union = (a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> => {
  if (b.size === 0 || a === b) return a;
  if (a.size === 0) return b;
  return [...b].every((name) => a.has(name)) ? a : new Set([...a, ...b]);
};

/** The set without one name. */
export const without = (names: ReadonlySet<string>, name: string): ReadonlySet<string> =>
  names.has(name) ? new Set([...names].filter((other) => other !== name)) : names;
