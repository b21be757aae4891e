import type { GlobalType } from "./global-type.ts";
import { compareText } from "./label.ts";
import type { LocalTypeR } from "./local-type-r.ts";

/** A global or a local type, where a rule is the same for both. */
export type AnyType = GlobalType | LocalTypeR;

/** The continuations of a communication; nothing for other nodes. */
export const continuations = (type: AnyType): readonly AnyType[] =>
  type.kind === "comm" || type.kind === "send" || type.kind === "recv"
    ? type.branches.map((b) => b.next)
    : [];

/** `End` and variables 0, a binder or a communication one more than what it holds (spec/projection §4). */
export const depth = (type: AnyType): number => {
  switch (type.kind) {
    case "end":
    case "var":
      return 0;
    case "mu":
      return 1 + depth(type.body);
    case "comm":
    case "send":
    case "recv":
      return 1 + continuations(type).reduce((most, next) => Math.max(most, depth(next)), 0);
  }
};

/** Senders and receivers of a global type, sorted. */
export const roles = (type: GlobalType): readonly string[] => {
  const found = new Set<string>();
  const walk = (g: GlobalType): void => {
    if (g.kind === "mu") walk(g.body);
    if (g.kind !== "comm") return;
    found.add(g.sender).add(g.receiver);
    for (const b of g.branches) walk(b.next);
  };
  walk(type);
  return [...found].sort(compareText);
};

/** Everyone a local type talks to, sorted. */
export const partners = (type: LocalTypeR): readonly string[] => {
  const found = new Set<string>();
  const walk = (t: LocalTypeR): void => {
    if (t.kind === "mu") walk(t.body);
    if (t.kind !== "send" && t.kind !== "recv") return;
    found.add(t.partner);
    for (const b of t.branches) walk(b.next);
  };
  walk(type);
  return [...found].sort(compareText);
};

/** Labels the type can begin with, through binders, in source order. */
export const headLabels = (type: AnyType): readonly string[] => {
  if (type.kind === "mu") return headLabels(type.body);
  return "branches" in type ? type.branches.map((b) => b.label.name) : [];
};

/**
 * Free variables in order of first occurrence. A binder inside another of the
 * same name does not close the outer one (deviation `free-variables-after-rebinding`).
 */
export const freeVars = (type: AnyType): readonly string[] => {
  const found = new Set<string>();
  const walk = (t: AnyType, bound: ReadonlySet<string>): void => {
    if (t.kind === "var" && !bound.has(t.name)) found.add(t.name);
    if (t.kind === "mu") walk(t.body, new Set([...bound, t.var]));
    for (const next of continuations(t)) walk(next, bound);
  };
  walk(type, new Set());
  return [...found];
};
