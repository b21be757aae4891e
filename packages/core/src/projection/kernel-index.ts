import type { Kernel } from "../kernel/node.ts";
import { childrenOf, postOrder } from "../kernel/walk.ts";
import { bare, plain, union, type Value, without } from "./value.ts";

/** Where a step stands: its run, and how far from the end of the run. */
interface Place {
  readonly run: number;
  readonly pos: number;
}

/** A run of steps that follow each other, and what leads into it. */
interface Run {
  /** What follows the last step. */
  readonly tail: Kernel;
  length: number;
  /** Nodes, or other runs, that enter at `pos`. */
  readonly entries: { readonly pos: number; readonly from: Parent }[];
}

/** A mention of a role in a run; a list of them is in order of `pos`. */
interface Mention {
  readonly pos: number;
  readonly at: number;
}

const NOWHERE: readonly number[] = [];

type Parent = { readonly kind: "node"; readonly at: number } | { readonly kind: "run"; readonly run: number };

/** What follows a step, a plain send or what one role does by itself; most roles pass it by. Nothing for other nodes. */
const afterStep = (node: Kernel): Kernel | undefined => {
  if (node.kind === "local") return node.next;
  return node.kind === "comm" && node.branches.length === 1 ? node.branches[0]?.next : undefined;
};

/** Who does something at the node itself. A decision counts once it is settled that nobody need hear of it. */
export const actorsOf = (node: Kernel): readonly string[] => {
  switch (node.kind) {
    case "comm":
      return [...new Set([node.from.name, ...node.branches.map((b) => b.to.name)])];
    case "local":
      return [node.role.name];
    case "hidden":
      return node.quiet === true ? [node.decider.name] : [];
    case "scope":
      return [...new Set([node.owner.name, ...(node.told ?? [])])];
    case "par":
    case "repeat":
    case "mu":
    case "var":
    case "end":
      return [];
  }
};

/**
 * What projection needs to know of a protocol once, for all roles: an order in
 * which parts come before wholes, runs of plain sends that a role can leap
 * over, who is mentioned where, and what a part means to a role it does not
 * mention. With it the work for one role grows with the places that concern
 * it, not with the protocol.
 */
export class KernelIndex {
  readonly order: Kernel[] = [];
  /** Numbers of the nodes that are not steps, ascending. */
  readonly joints: number[] = [];
  private readonly at = new Map<Kernel, number>();
  private readonly places = new Map<Kernel, Place>();
  private readonly runs: Run[] = [];
  private readonly parents = new Map<number, Parent[]>();
  private readonly silences = new Map<Kernel, Value>();
  private readonly mentioned = new Map<string, number[]>();
  private readonly inRuns = new Map<string, Map<number, Mention[]>>();

  /** Indexes `root`; without one, parts are added by `add` as they are made. */
  constructor(root?: Kernel) {
    if (root !== undefined) for (const node of postOrder(root)) this.add(node);
  }

  /** Adds a node whose parts were added before; one that is known already is left alone. */
  add(node: Kernel): void {
    if (this.at.has(node)) return;
    const at = this.order.push(node) - 1;
    this.at.set(node, at);
    const after = afterStep(node);
    if (after !== undefined) this.addToRun(node, after);
    else {
      this.joints.push(at);
      this.addNode(node, at);
    }
    for (const role of actorsOf(node)) this.mention(role, at);
  }

  /** The node was added. */
  has(node: Kernel): boolean {
    return this.at.has(node);
  }

  /** Where the role acts, ascending. */
  mentionsOf(role: string): readonly number[] {
    return this.mentioned.get(role) ?? NOWHERE;
  }

  /** The role acts somewhere. */
  mentions(role: string): boolean {
    return this.mentioned.has(role);
  }

  /** The nodes that concern a role, parts before wholes: where it acts, and every decision, loop or par above. */
  concerns(role: string): readonly number[] {
    const own = this.mentionsOf(role);
    const marked = new Set<number>(own);
    const deepest = new Map<number, number>();
    const stack: Parent[] = own.map((i) => ({ kind: "node", at: i }));
    const enterRun = (run: number, pos: number): void => {
      const before = deepest.get(run);
      if (before !== undefined && before <= pos) return;
      deepest.set(run, pos);
      for (const entry of this.runs[run]?.entries ?? []) if (entry.pos >= pos) stack.push(entry.from);
    };
    const expanded = new Set<number>();
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      if (top.kind === "run") {
        enterRun(top.run, 0);
        continue;
      }
      if (expanded.has(top.at)) continue;
      expanded.add(top.at);
      const node = this.order[top.at];
      const place = node === undefined ? undefined : this.places.get(node);
      if (place !== undefined) enterRun(place.run, place.pos);
      else {
        marked.add(top.at);
        stack.push(...(this.parents.get(top.at) ?? []));
      }
    }
    return [...marked].sort((a, b) => a - b);
  }

  /** The value for `role` of the first node from `start` on that concerns it; "silent" when none does. */
  read(role: string, values: ReadonlyMap<number, Value>, start: Kernel): Value | "silent" {
    const inRuns = this.inRuns.get(role);
    let node = start;
    for (;;) {
      const place = this.places.get(node);
      if (place === undefined) return values.get(this.at.get(node) ?? -1) ?? "silent";
      const at = lastUpTo(inRuns?.get(place.run), place.pos);
      if (at !== undefined) return values.get(at) ?? "silent";
      node = this.runs[place.run]?.tail ?? node;
    }
  }

  /** What a part means to a role it does not mention: the loops that go round, and whether it can end. */
  silence(start: Kernel): Value {
    let node = start;
    for (let place = this.places.get(node); place !== undefined; place = this.places.get(node)) {
      node = this.runs[place.run]?.tail ?? node;
    }
    return this.silences.get(node) ?? plain({ kind: "end" });
  }

  private mention(role: string, at: number): void {
    const list = this.mentioned.get(role);
    if (list === undefined) this.mentioned.set(role, [at]);
    else list.push(at);
    const node = this.order[at];
    const place = node === undefined ? undefined : this.places.get(node);
    if (place === undefined) return;
    const runs = this.inRuns.get(role) ?? new Map<number, Mention[]>();
    this.inRuns.set(role, runs);
    const inRun = runs.get(place.run);
    if (inRun === undefined) runs.set(place.run, [{ pos: place.pos, at }]);
    else inRun.push({ pos: place.pos, at });
  }

  private enter(child: Kernel, from: Parent): void {
    const place = this.places.get(child);
    if (place !== undefined) this.runs[place.run]?.entries.push({ pos: place.pos, from });
    else {
      const at = this.at.get(child) ?? -1;
      const list = this.parents.get(at);
      if (list === undefined) this.parents.set(at, [from]);
      else list.push(from);
    }
  }

  /** Post order brings what follows first: a step joins the run it leads to when it is the first to do so. */
  private addToRun(node: Kernel, next: Kernel): void {
    const place = this.places.get(next);
    const run = place === undefined ? undefined : this.runs[place.run];
    if (place !== undefined && run !== undefined && run.length === place.pos + 1) {
      this.places.set(node, { run: place.run, pos: run.length });
      run.length++;
      return;
    }
    const fresh = this.runs.length;
    this.runs.push({ tail: next, length: 1, entries: [] });
    this.enter(next, { kind: "run", run: fresh });
    this.places.set(node, { run: fresh, pos: 0 });
  }

  private addNode(node: Kernel, at: number): void {
    for (const child of childrenOf(node)) this.enter(child, { kind: "node", at });
    this.silences.set(node, this.ownSilence(node));
  }

  private ownSilence(node: Kernel): Value {
    switch (node.kind) {
      case "end":
        return plain({ kind: "end" });
      case "var":
        return bare(node.name);
      case "par":
      case "repeat":
      case "local":
        return this.silence(node.next);
      case "mu": {
        const body = this.silence(node.body);
        const vars = without(body.vars, node.var);
        // A loop that only ever goes round is, to someone outside it, the end.
        return { vars, rest: body.rest ?? (vars.size === 0 ? { kind: "end" } : undefined) };
      }
      case "comm":
      case "hidden":
        return this.either(node.branches);
      case "scope":
        return this.either(node.exits);
    }
  }

  private either(ways: readonly { readonly next: Kernel }[]): Value {
    const all = ways.map((way) => this.silence(way.next));
    return all.reduce((a, b) => ({ vars: union(a.vars, b.vars), rest: a.rest ?? b.rest }));
  }
}

/** The entry with the greatest `pos` not above `limit`; the list is in order of `pos`. */
const lastUpTo = (list: readonly Mention[] | undefined, limit: number): number | undefined => {
  if (list === undefined) return undefined;
  let low = 0;
  let high = list.length;
  while (low < high) {
    const mid = (low + high) >> 1;
    if ((list[mid]?.pos ?? 0) <= limit) low = mid + 1;
    else high = mid;
  }
  return list[low - 1]?.at;
};
