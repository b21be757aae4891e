import type { Deed } from "../kernel/node.ts";
import { compareText } from "../theory/label.ts";
import type { LocalBranch, LocalType } from "./local-type.ts";
import { boundNames, freeLocalVars, renameLocal } from "./local-walk.ts";

/** The first place where two types part. */
export type Conflict =
  | { readonly kind: "differs"; readonly left: LocalType; readonly right: LocalType }
  | { readonly kind: "payload"; readonly left: LocalBranch; readonly right: LocalBranch }
  | { readonly kind: "annotations"; readonly left: LocalBranch; readonly right: LocalBranch }
  | { readonly kind: "tooDeep" };

/** The merged type, or where the two part. */
export type MergeResult =
  | { readonly ok: true; readonly type: LocalType }
  | { readonly ok: false; readonly conflict: Conflict };

/** Nested decisions that may be compared before giving up; chains of plain messages do not count. */
export const MAX_MERGE_DEPTH = 1_000;

type Of<K extends LocalType["kind"]> = LocalType & { readonly kind: K };
type Talk = Of<"send" | "recv">;
type Failed = MergeResult & { readonly ok: false };

interface Outcome {
  readonly outcome: string;
  readonly next: LocalType;
}

type MergedWays<W> = { readonly ok: true; readonly ways: readonly W[]; readonly changed: boolean } | Failed;

const differs = (left: LocalType, right: LocalType): MergeResult => ({
  ok: false,
  conflict: { kind: "differs", left, right },
});

const talks = (type: LocalType): type is Talk => type.kind === "send" || type.kind === "recv";

const sameAnnotations = (a: LocalBranch, b: LocalBranch): boolean =>
  a.guard === b.guard &&
  a.control === b.control &&
  a.annotations.length === b.annotations.length &&
  a.annotations.every((x, i) => x.key === b.annotations[i]?.key && x.value === b.annotations[i]?.value);

/** One branch offered by both sides must carry the same; a sender must also be charged the same. */
const clash = (kind: Talk["kind"], left: LocalBranch, right: LocalBranch): Conflict | undefined => {
  if (left.payload.text !== right.payload.text || left.payload.sort !== right.payload.sort) {
    return { kind: "payload", left, right };
  }
  return kind === "send" && !sameAnnotations(left, right) ? { kind: "annotations", left, right } : undefined;
};

/** Fields in whatever order they were written. */
const sameDeed = (a: Deed, b: Deed): boolean => a === b || canonicalDeed(a) === canonicalDeed(b);

const canonicalDeed = (deed: Deed): string =>
  JSON.stringify(Object.entries(deed).sort(([x], [y]) => compareText(x, y)));

const keyOf = (branch: LocalBranch): string => `${branch.label}\u0000${branch.peer}`;

const sorted = (branches: readonly LocalBranch[]): readonly LocalBranch[] =>
  [...branches].sort((a, b) => compareText(a.label, b.label) || compareText(a.peer, b.peer));

/** The single branch of a plain send or receive. */
const only = (type: LocalType): { readonly type: Talk; readonly branch: LocalBranch } | undefined => {
  if (!talks(type)) return undefined;
  const [branch, second] = type.branches;
  return branch !== undefined && second === undefined ? { type, branch } : undefined;
};

/**
 * The strict merge (spec/projection §5, model §3): what a role does that was
 * not told which of two ways was taken. Sends need the same labels, receives
 * from one sender are united at any depth, names of loops do not matter,
 * everything else must be alike. Equal types come back as the left one; a
 * union comes out in order of label.
 */
export class LocalMerger {
  // Arms share what follows them, so the same two types meet again and again.
  private readonly known = new Map<LocalType, Map<LocalType, MergeResult>>();

  merge(a: LocalType, b: LocalType, depth = 0): MergeResult {
    if (a === b) return { ok: true, type: a };
    if (depth > MAX_MERGE_DEPTH) return { ok: false, conflict: { kind: "tooDeep" } };
    const before = this.known.get(a)?.get(b);
    if (before !== undefined) return before;
    const result = this.alongChain(a, b, depth);
    const row = this.known.get(a);
    if (row === undefined) this.known.set(a, new Map([[b, result]]));
    else row.set(b, result);
    return result;
  }

  /** Follows plain messages that are the same on both sides without recursion. */
  private alongChain(a: LocalType, b: LocalType, depth: number): MergeResult {
    const passed: { readonly type: Talk; readonly branch: LocalBranch }[] = [];
    let left = a;
    let right = b;
    while (left !== right) {
      const x = only(left);
      const y = only(right);
      if (x === undefined || y === undefined || x.type.kind !== y.type.kind) break;
      if (keyOf(x.branch) !== keyOf(y.branch)) break;
      const conflict = clash(x.type.kind, x.branch, y.branch);
      if (conflict !== undefined) return { ok: false, conflict };
      passed.push(x);
      left = x.branch.next;
      right = y.branch.next;
    }
    const tail: MergeResult = left === right ? { ok: true, type: left } : this.heads(left, right, depth);
    if (!tail.ok || tail.type === left) return tail.ok ? { ok: true, type: a } : tail;
    const type = passed.reduceRight<LocalType>(
      (next, { type, branch }) => ({ ...type, branches: [{ ...branch, next }] }),
      tail.type,
    );
    return { ok: true, type };
  }

  private heads(a: LocalType, b: LocalType, depth: number): MergeResult {
    if (a.kind === "mu" && b.kind === "mu") return this.loops(a, b, depth);
    if (a.kind === "par" && b.kind === "par") return this.pars(a, b, depth);
    if (a.kind === "end" && b.kind === "end") return { ok: true, type: a };
    if (a.kind === "var" && b.kind === "var" && a.name === b.name) return { ok: true, type: a };
    if (a.kind === "send" && b.kind === "send") return this.branches(a, b, depth);
    if (a.kind === "recv" && b.kind === "recv" && a.from === b.from) return this.branches(a, b, depth);
    if (a.kind === "perform" && b.kind === "perform") return this.deeds(a, b, depth);
    if (a.kind === "decide" && b.kind === "decide") return this.decisions(a, b, depth);
    if (a.kind === "scope" && b.kind === "scope") return this.scopes(a, b, depth);
    return differs(a, b);
  }

  private deeds(a: Of<"perform">, b: Of<"perform">, depth: number): MergeResult {
    if (!sameDeed(a.deed, b.deed)) return differs(a, b);
    const next = this.merge(a.next, b.next, depth + 1);
    if (!next.ok) return next;
    return { ok: true, type: next.type === a.next ? a : { ...a, next: next.type } };
  }

  /** The same question with the same answers, and alike after each. */
  private decisions(a: Of<"decide">, b: Of<"decide">, depth: number): MergeResult {
    const branches = a.subject === b.subject ? this.ways(a.branches, b.branches, depth) : undefined;
    if (branches === undefined) return differs(a, b);
    if (!branches.ok) return branches;
    return { ok: true, type: branches.changed ? { ...a, branches: branches.ways } : a };
  }

  /** The same timeout, alike in its body and after each exit. */
  private scopes(a: Of<"scope">, b: Of<"scope">, depth: number): MergeResult {
    const same = a.scope === b.scope && a.owner === b.owner && a.millis === b.millis;
    const exits = same ? this.ways(a.exits, b.exits, depth) : undefined;
    if (exits === undefined) return differs(a, b);
    if (!exits.ok) return exits;
    const body = this.merge(a.body, b.body, depth + 1);
    if (!body.ok) return body;
    const changed = exits.changed || body.type !== a.body;
    return { ok: true, type: changed ? { ...a, body: body.type, exits: exits.ways } : a };
  }

  /** Ways of the same names, each merged with its namesake; nothing when the names differ. */
  private ways<W extends Outcome>(
    a: readonly W[],
    b: readonly W[],
    depth: number,
  ): MergedWays<W> | undefined {
    const others = new Map(b.map((way) => [way.outcome, way.next]));
    if (others.size !== a.length || a.some((way) => !others.has(way.outcome))) return undefined;
    const ways: W[] = [];
    for (const way of a) {
      const merged = this.merge(way.next, others.get(way.outcome) ?? way.next, depth + 1);
      if (!merged.ok) return merged;
      ways.push(merged.type === way.next ? way : { ...way, next: merged.type });
    }
    return { ok: true, ways, changed: ways.some((way, i) => way !== a[i]) };
  }

  private loops(a: LocalType & { kind: "mu" }, b: LocalType & { kind: "mu" }, depth: number): MergeResult {
    let name = a.var;
    if (name !== b.var) {
      const taken = new Set([
        ...freeLocalVars(a),
        ...freeLocalVars(b),
        ...boundNames(a.body),
        ...boundNames(b.body),
      ]);
      while (taken.has(name)) name = `${name}'`;
    }
    const body = this.merge(renameLocal(a.body, a.var, name), renameLocal(b.body, b.var, name), depth + 1);
    if (!body.ok) return body;
    return { ok: true, type: body.type === a.body ? a : { kind: "mu", var: name, body: body.type } };
  }

  private pars(a: LocalType & { kind: "par" }, b: LocalType & { kind: "par" }, depth: number): MergeResult {
    if (a.arms.length !== b.arms.length) return differs(a, b);
    const arms: LocalType[] = [];
    for (const [i, arm] of a.arms.entries()) {
      const other = b.arms[i];
      if (other === undefined) return differs(a, b);
      const merged = this.merge(arm, other, depth + 1);
      if (!merged.ok) return merged;
      arms.push(merged.type);
    }
    const next = this.merge(a.next, b.next, depth + 1);
    if (!next.ok) return next;
    const same = next.type === a.next && arms.every((arm, i) => arm === a.arms[i]);
    return { ok: true, type: same ? a : { kind: "par", arms, next: next.type } };
  }

  private branches(a: Talk, b: Talk, depth: number): MergeResult {
    const others = new Map(b.branches.map((branch) => [keyOf(branch), branch]));
    const merged: LocalBranch[] = [];
    let changed = false;
    for (const left of a.branches) {
      const right = others.get(keyOf(left));
      others.delete(keyOf(left));
      if (right === undefined) {
        if (a.kind === "send") return differs(a, b);
        merged.push(left);
        continue;
      }
      const conflict = clash(a.kind, left, right);
      if (conflict !== undefined) return { ok: false, conflict };
      const next = this.merge(left.next, right.next, depth + 1);
      if (!next.ok) return next;
      if (next.type !== left.next) changed = true;
      merged.push(next.type === left.next ? left : { ...left, next: next.type });
    }
    if (others.size === 0) return { ok: true, type: changed ? { ...a, branches: merged } : a };
    if (a.kind === "send") return differs(a, b);
    return { ok: true, type: { ...a, branches: sorted([...merged, ...others.values()]) } };
  }
}
