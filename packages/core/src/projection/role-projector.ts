import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Comm, CommBranch, Hidden, Kernel, Local, Mu, Par, TimeoutScope } from "../kernel/node.ts";
import { childrenOf } from "../kernel/walk.ts";
import { explainConflict, explainRound } from "./explain.ts";
import type { KernelIndex } from "./kernel-index.ts";
import type { LocalBranch, LocalType } from "./local-type.ts";
import { freeLocalVars, localThen } from "./local-walk.ts";
import { LocalMerger } from "./merge-local.ts";
import { type Parting, plain, union, type Value, type Way, wayOf, without } from "./value.ts";

/** After this many findings for one role the rest is noise. */
const MAX_FINDINGS = 8;

const branchFor = (node: Comm, branch: CommBranch, peer: string, next: LocalType): LocalBranch => {
  const { label, payload, annotations, edge, span } = branch;
  // Most branches are plain, and spreading nothing is not free.
  if (branch.arm === undefined && branch.guard === undefined && node.control === undefined)
    return { peer, label, payload, annotations, edge, span, next };
  return {
    peer,
    label,
    ...(branch.arm === undefined ? {} : { arm: branch.arm }),
    ...(branch.guard === undefined ? {} : { guard: branch.guard }),
    payload,
    annotations,
    ...(node.control === undefined ? {} : { control: node.control }),
    edge,
    span,
    next,
  };
};

/** The role goes on without waiting for a message. */
const beginsByItself = (type: LocalType): boolean => {
  if (type.kind === "mu") return beginsByItself(type.body);
  return type.kind !== "recv" && type.kind !== "var" && type.kind !== "end";
};

/** A node at which the protocol can go more than one way. */
type Decision = Comm | Hidden | TimeoutScope;

const waysOf = (node: Decision): readonly { readonly way: Way; readonly next: Kernel }[] => {
  const { span } = node;
  switch (node.kind) {
    case "comm":
      return node.branches.map((b) => ({ way: wayOf(b), next: b.next }));
    case "hidden":
      return node.branches.map((b) => ({ way: { name: b.outcome, span }, next: b.next }));
    case "scope":
      return node.exits.map((exit) => ({ way: { name: exit.outcome, span }, next: exit.next }));
  }
};

const deciderOf = (node: Decision): string => {
  switch (node.kind) {
    case "comm":
      return node.from.name;
    case "hidden":
      return node.decider.name;
    case "scope":
      return node.owner.name;
  }
};

/** Projects one role; see `project`. */
export class RoleProjector {
  readonly diagnostics: Diagnostic[] = [];
  /** Decisions at which something was reported. */
  readonly partedAt = new Set<Kernel>();
  private readonly index: KernelIndex;
  private readonly role: string;
  private readonly values = new Map<number, Value>();
  private readonly merger = new LocalMerger();
  private mentionsDone = 0;
  private jointsDone = 0;

  constructor(index: KernelIndex, role: string) {
    this.index = index;
    this.role = role;
  }

  /** Works out everything that concerns the role in an index that is complete. */
  all(): this {
    for (const at of this.index.concerns(this.role)) this.settle(at);
    return this;
  }

  /** Works out what was added to the index since the last call. */
  advance(): this {
    const own = this.index.mentionsOf(this.role);
    const { joints } = this.index;
    while (this.mentionsDone < own.length || this.jointsDone < joints.length) {
      const mention = own[this.mentionsDone] ?? Number.POSITIVE_INFINITY;
      const joint = joints[this.jointsDone] ?? Number.POSITIVE_INFINITY;
      if (mention <= joint) this.mentionsDone++;
      if (joint <= mention) this.jointsDone++;
      const at = Math.min(mention, joint);
      const node = this.index.order[at];
      if (node !== undefined && (mention <= joint || this.takesPart(node))) this.settle(at);
    }
    return this;
  }

  /** The role acts somewhere below `node`, whose parts are worked out. */
  takesPart(node: Kernel): boolean {
    return childrenOf(node).some((child) => this.acts(child));
  }

  /** The role acts in `node` or below. */
  acts(node: Kernel): boolean {
    return this.lookUp(node) !== "silent";
  }

  /** What the role does from `node` on, which must be part of the index. */
  value(node: Kernel): Value {
    const found = this.lookUp(node);
    return found === "silent" ? this.index.silence(node) : found;
  }

  private lookUp(node: Kernel): Value | "silent" {
    return this.index.read(this.role, this.values, node);
  }

  private settle(at: number): void {
    const node = this.index.order[at];
    if (node !== undefined) this.values.set(at, this.valueOf(node));
  }

  private valueOf(node: Kernel): Value {
    switch (node.kind) {
      case "comm":
        return this.comm(node);
      case "hidden":
        return node.quiet === true && node.decider.name === this.role
          ? this.decide(node)
          : this.decided(node);
      case "local":
        return this.local(node);
      case "scope":
        return this.scope(node);
      case "par":
        return this.par(node);
      case "mu":
        return this.mu(node);
      case "repeat":
        throw new Error("a bound protocol has no repeat");
      case "var":
      case "end":
        return this.index.silence(node);
    }
  }

  private comm(node: Comm): Value {
    const sender = node.from.name;
    if (sender === this.role) {
      const branches = node.branches.map((b) => branchFor(node, b, b.to.name, this.closed(b.next, wayOf(b))));
      return plain({ kind: "send", branches });
    }
    const receive = (b: CommBranch): LocalBranch => branchFor(node, b, sender, this.closed(b.next, wayOf(b)));
    if (node.branches.every((b) => b.to.name === this.role)) {
      return plain({ kind: "recv", from: sender, branches: node.branches.map(receive) });
    }
    const ways = node.branches.map((b) => ({
      way: wayOf(b),
      value:
        b.to.name === this.role
          ? plain({ kind: "recv", from: sender, branches: [receive(b)] })
          : this.value(b.next),
    }));
    return this.fold(node, sender, ways);
  }

  /** What the role does from a decision on that it has no part in; the node itself need not be part of the index. */
  decided(node: Decision): Value {
    const ways = waysOf(node).map(({ way, next }) => ({ way, value: this.value(next) }));
    return this.fold(node, deciderOf(node), ways);
  }

  private decide({ scope, subject, span, branches }: Hidden): Value {
    return plain({
      kind: "decide",
      scope,
      ...(subject === undefined ? {} : { subject }),
      span,
      branches: branches.map(({ outcome, next }) => ({
        outcome,
        next: this.closed(next, { name: outcome, span }),
      })),
    });
  }

  private local({ role, deed, edge, span, next }: Local): Value {
    if (role.name !== this.role) return this.value(next);
    return plain({ kind: "perform", deed, edge, span, next: this.closed(next, { name: deed.kind, span }) });
  }

  private scope(node: TimeoutScope): Value {
    const { scope, owner, millis, span } = node;
    const mine = owner.name === this.role;
    if (!mine && node.told?.includes(this.role) !== true) return this.decided(node);
    const body = this.closed(node.body, { name: "body", span });
    const head = { kind: "scope", scope, owner: owner.name, body, span } as const;
    if (!mine) {
      const next = this.decided(node).rest ?? { kind: "end" };
      return plain({ ...head, exits: [{ outcome: "told", next }] });
    }
    const exits = node.exits.map(({ outcome, next }) => ({
      outcome,
      next: this.closed(next, { name: outcome, span }),
    }));
    return plain({ ...head, millis, exits });
  }

  private fold(
    node: Decision,
    decider: string,
    ways: readonly { readonly way: Way; readonly value: Value }[],
  ): Value {
    const [first, ...others] = ways;
    if (first === undefined) return plain({ kind: "end" });
    let acc = first.value;
    for (const [i, { way, value }] of others.entries()) {
      // Which earlier way it parts from matters only to the one who reads about it.
      const parting = (): Parting => {
        const earlier = ways.slice(0, i + 1).find((w) => !this.agree(w.value, value)) ?? first;
        return { decider, span: node.span, left: earlier.way, right: way };
      };
      acc = this.combine(node, acc, value, parting);
    }
    return acc;
  }

  private agree(a: Value, b: Value): boolean {
    return a.rest === undefined || b.rest === undefined || this.merger.merge(a.rest, b.rest).ok;
  }

  private combine(node: Kernel, a: Value, b: Value, parting: () => Parting): Value {
    const vars = union(a.vars, b.vars);
    let rest = a.rest ?? b.rest;
    if (a.rest !== undefined && b.rest !== undefined) {
      const merged = this.merger.merge(a.rest, b.rest);
      if (merged.ok) rest = merged.type;
      else this.report(explainConflict(this.role, parting(), merged.conflict), node);
    }
    if (vars.size > 0 && rest !== undefined && beginsByItself(rest)) {
      this.report(explainRound(this.role, parting(), rest), node);
      return plain(rest);
    }
    const mixed = vars.size + (rest === undefined ? 0 : 1) > 1;
    return mixed ? { vars, rest, mixedAt: a.mixedAt ?? b.mixedAt ?? parting() } : { vars, rest };
  }

  /**
   * What the role does from `node` on, where something it did came before. A
   * loop that may go round from here is then one the role takes part in: it
   * must know.
   */
  private closed(node: Kernel, way: Way): LocalType {
    const { vars, rest, mixedAt } = this.value(node);
    const [name] = vars;
    if (name === undefined) return rest ?? { kind: "end" };
    if (rest === undefined && vars.size === 1) return { kind: "var", name };
    const parting = mixedAt ??
      this.findParting(node) ?? { decider: this.role, span: way.span, left: way, right: way };
    this.report(explainRound(this.role, parting, rest), node);
    return rest ?? { kind: "var", name };
  }

  /** The decision, in a part that does not mention the role, between going round and not. */
  private findParting(start: Kernel): Parting | undefined {
    const mixed = (node: Kernel): boolean => {
      const { vars, rest } = this.index.silence(node);
      return vars.size + (rest === undefined ? 0 : 1) > 1;
    };
    let node: Kernel | undefined = start;
    while (node !== undefined) {
      if (node.kind === "comm" || node.kind === "hidden" || node.kind === "scope") {
        const inner: Kernel | undefined = waysOf(node)
          .map((way) => way.next)
          .find(mixed);
        if (inner === undefined) return this.partingOf(node);
        node = inner;
      } else if (node.kind === "mu") node = node.body;
      else node = node.kind === "par" || node.kind === "local" ? node.next : undefined;
    }
    return undefined;
  }

  private partingOf(node: Decision): Parting | undefined {
    const ways = waysOf(node);
    const goesRound = ways.map(({ next }) => this.index.silence(next).rest === undefined);
    const left = ways[Math.max(goesRound.indexOf(true), 0)];
    const right = ways[Math.max(goesRound.indexOf(false), 0)];
    if (left === undefined || right === undefined) return undefined;
    return { decider: deciderOf(node), span: node.span, left: left.way, right: right.way };
  }

  private par(node: Par): Value {
    const arms = node.arms.filter((arm) => this.acts(arm)).map((arm) => this.value(arm).rest);
    const next = this.value(node.next);
    const types = arms.flatMap((arm) => (arm === undefined ? [] : [arm]));
    const [only, second] = types;
    if (only === undefined) return next;
    const way: Way = { name: "par", span: node.span };
    const rest = this.closed(node.next, way);
    return plain(second === undefined ? localThen(only, rest) : { kind: "par", arms: types, next: rest });
  }

  private mu(node: Mu): Value {
    const { vars: all, rest, mixedAt } = this.value(node.body);
    const vars = without(all, node.var);
    if (rest === undefined) return vars.size === 0 ? plain({ kind: "end" }) : { vars, rest };
    const loops = freeLocalVars(rest).has(node.var);
    const type: LocalType = loops ? { kind: "mu", var: node.var, body: rest } : rest;
    return vars.size === 0 || mixedAt === undefined ? { vars, rest: type } : { vars, rest: type, mixedAt };
  }

  private report(diagnostic: Diagnostic, at: Kernel): void {
    this.partedAt.add(at);
    if (this.diagnostics.length < MAX_FINDINGS) this.diagnostics.push(diagnostic);
  }
}
