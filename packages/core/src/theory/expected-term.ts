import type { LocalType } from "../projection/local-type.ts";
import { compareText } from "./label.ts";
import type { PlaceType, Position, TypeGraph } from "./type-graph.ts";

/** One way on, with what travels. */
export interface TermBranch {
  readonly peer: string;
  readonly label: string;
  readonly payload: string;
  readonly edge: string;
  readonly next: Term;
}

/** What is still expected of a program: a place of its type, or what is left of one once a message behind it was taken. */
export type Term =
  | Position
  | { readonly kind: "send"; readonly branches: readonly TermBranch[] }
  | { readonly kind: "recv"; readonly from: string; readonly branches: readonly TermBranch[] };

/** What a term begins with; deeds are passed over. */
export type Head =
  | { readonly kind: "end" }
  | { readonly kind: "send"; readonly branches: readonly TermBranch[] }
  | { readonly kind: "recv"; readonly from: string; readonly branches: readonly TermBranch[] }
  | {
      readonly kind: "decide";
      readonly branches: readonly { readonly outcome: string; readonly next: Position }[];
    }
  | {
      readonly kind: "whole";
      readonly position: Position;
      readonly type: Extract<PlaceType, { kind: "par" | "scope" }>;
    };

/** Reads the beginning of a term. */
export const headOf = (graph: TypeGraph, term: Term): Head => {
  if (typeof term !== "number") return term;
  let position = term;
  let type = graph.at(position);
  while (type.kind === "perform") {
    position = graph.step(position, type.next);
    type = graph.at(position);
  }
  const here = position;
  const step = (next: LocalType): Position => graph.step(here, next);
  switch (type.kind) {
    case "end":
      return type;
    case "send":
    case "recv": {
      const branches = type.branches.map(({ peer, label, payload, edge, next }) => ({
        peer,
        label,
        payload: payload.text,
        edge,
        next: step(next),
      }));
      if (branches.length === 0) return { kind: "end" };
      return type.kind === "send" ? { kind: "send", branches } : { kind: "recv", from: type.from, branches };
    }
    case "decide":
      return {
        kind: "decide",
        branches: type.branches.map(({ outcome, next }) => ({ outcome, next: step(next) })),
      };
    case "par":
    case "scope":
      return { kind: "whole", position, type };
  }
};

/** Equal text for equal terms, whatever the order of their branches. */
export const termKey = (term: Term): string => {
  if (typeof term === "number") return String(term);
  const branches = term.branches
    .map((b) => `${b.peer} ${b.label} ${b.payload} ${termKey(b.next)}`)
    .sort(compareText);
  return `${term.kind === "send" ? "!" : "?"}{${branches.join(",")}}`;
};

/** What taking a message out of a term comes to. */
export type Taken<T> =
  | { readonly kind: "ok"; readonly value: T }
  | { readonly kind: "no" }
  | { readonly kind: "out"; readonly ranOut: "depth" | "construct" };

const NO = { kind: "no" } as const;

/** Takes messages out of a term from behind others that they may overtake. */
export class Taker {
  private readonly graph: TypeGraph;
  private readonly depth: number;

  constructor(graph: TypeGraph, depth: number) {
    this.graph = graph;
    this.depth = depth;
  }

  /** The send of `label` to `peer`, from behind receives and sends to others; it must be there whatever is received. */
  output(term: Term, peer: string, label: string, left = this.depth): Taken<TermBranch> {
    const head = headOf(this.graph, term);
    if (head.kind === "end") return NO;
    if (head.kind === "whole") return { kind: "out", ranOut: "construct" };
    if (left === 0) return { kind: "out", ranOut: "depth" };
    if (head.kind === "decide") {
      return this.firstOf(head.branches.map(({ next }) => this.output(next, peer, label, left - 1)));
    }
    if (head.kind === "send") {
      const direct = head.branches.find((b) => b.peer === peer && b.label === label);
      return direct === undefined
        ? this.overtakeSends(head.branches, peer, label, left)
        : { kind: "ok", value: direct };
    }
    return this.overtakeReceives(head, peer, label, left);
  }

  private firstOf(all: readonly Taken<TermBranch>[]): Taken<TermBranch> {
    return all.find(({ kind }) => kind === "ok") ?? all.find(({ kind }) => kind === "out") ?? NO;
  }

  /** Of several sends those remain behind which the message can be sent: a program may send less. */
  overtakeSends(
    branches: readonly TermBranch[],
    peer: string,
    label: string,
    left = this.depth,
  ): Taken<TermBranch> {
    const kept: TermBranch[] = [];
    let first: TermBranch | undefined;
    let out: Taken<TermBranch> | undefined;
    for (const branch of branches) {
      // Messages to one peer keep their order.
      if (branch.peer === peer) continue;
      const inner = this.output(branch.next, peer, label, left - 1);
      if (inner.kind === "out") out = inner;
      if (inner.kind !== "ok") continue;
      first ??= inner.value;
      kept.push({ ...branch, next: inner.value.next });
    }
    if (first === undefined) return out ?? NO;
    return { kind: "ok", value: { ...first, next: { kind: "send", branches: kept } } };
  }

  private overtakeReceives(
    head: Extract<Head, { kind: "recv" }>,
    peer: string,
    label: string,
    left: number,
  ): Taken<TermBranch> {
    const kept: TermBranch[] = [];
    let first: TermBranch | undefined;
    let out: Taken<TermBranch> | undefined;
    for (const branch of head.branches) {
      const inner = this.output(branch.next, peer, label, left - 1);
      if (inner.kind === "no") return NO;
      if (inner.kind === "out") out = inner;
      else {
        first ??= inner.value;
        kept.push({ ...branch, next: inner.value.next });
      }
    }
    if (out !== undefined) return out;
    if (first === undefined) return NO;
    return { kind: "ok", value: { ...first, next: { ...head, branches: kept } } };
  }

  /** Every message that may come from `from` next, from behind receives from others; never from behind a send. */
  inputs(term: Term, from: string, left = this.depth): Taken<readonly TermBranch[]> {
    const head = headOf(this.graph, term);
    if (head.kind === "end" || head.kind === "send") return NO;
    if (head.kind === "whole") return { kind: "out", ranOut: "construct" };
    if (left === 0) return { kind: "out", ranOut: "depth" };
    if (head.kind === "decide") {
      const all = head.branches.map(({ next }) => this.inputs(next, from, left - 1));
      return all.find(({ kind }) => kind === "ok") ?? all.find(({ kind }) => kind === "out") ?? NO;
    }
    if (head.from === from) return { kind: "ok", value: head.branches };
    return this.behind(head, from, left);
  }

  private behind(
    head: Extract<Head, { kind: "recv" }>,
    from: string,
    left: number,
  ): Taken<readonly TermBranch[]> {
    const found = new Map<string, { readonly first: TermBranch; readonly kept: TermBranch[] }>();
    for (const branch of head.branches) {
      const inner = this.inputs(branch.next, from, left - 1);
      if (inner.kind !== "ok") return inner;
      for (const one of inner.value) {
        const entry = found.get(one.label) ?? { first: one, kept: [] };
        entry.kept.push({ ...branch, next: one.next });
        found.set(one.label, entry);
      }
    }
    const value = [...found.values()].map(({ first, kept }) => ({
      ...first,
      next: { kind: "recv" as const, from: head.from, branches: kept },
    }));
    return { kind: "ok", value };
  }
}
