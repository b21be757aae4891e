import type { LocalBranch, LocalType, PayloadType } from "@parley/core";
import type { Instruction } from "./instruction.ts";
import { type Branch, END, type Program, type TypeState } from "./program.ts";
import { needsPayload, type ValueType, valueTypeOf } from "./value-type.ts";

interface Loop {
  readonly pc: number;
  readonly state: number;
}

/** What a piece of code is laid out in: the loops it may continue, and the end of the scope it is in. */
interface Env {
  readonly loops: ReadonlyMap<string, Loop>;
  /** State of the `leave` that the end of the type stands for; absent outside a scope's body. */
  readonly leave?: number;
}

type Of<K extends LocalType["kind"]> = Extract<LocalType, { kind: K }>;

interface Deferred {
  readonly type: LocalType;
  readonly env: Env;
  /** Told where the code starts and which state it begins in. */
  readonly placed: (pc: number, state: number) => void;
}

/** A state or branch whose way on is not laid out yet. */
interface Draft {
  next: number;
}

type DraftBranch = Omit<Branch, "next"> & Draft;

const noLoops: Env = { loops: new Map() };

class Compiler {
  readonly code: Instruction[] = [];
  readonly states: TypeState[] = [{ kind: "end" }];
  private readonly deferred: Deferred[] = [];
  private readonly shared = new Map<LocalType, { env: Env; pc: number; state: number }[]>();
  /** Scopes and quiet decisions already laid out: what follows several exits is laid out once. */
  private readonly laid = new Map<LocalType, { env: Env; pc: number; state: number }[]>();
  private readonly valueType: (payload: PayloadType) => ValueType;

  constructor(valueType: (payload: PayloadType) => ValueType) {
    this.valueType = valueType;
  }

  program(type: LocalType): Program {
    const start = this.emit(type, noLoops);
    this.closeOff();
    const prefix = this.code.length;
    for (let i = 0; i < this.deferred.length; i += 1) this.place(this.deferred[i] as Deferred);
    return { code: this.code, states: this.states, start, prefix };
  }

  /** An arm reached twice through shared structure is laid out once. */
  private place(item: Deferred): void {
    const seen = this.shared.get(item.type)?.find((entry) => entry.env === item.env);
    if (seen !== undefined) {
      item.placed(seen.pc, seen.state);
      return;
    }
    const pc = this.code.length;
    const state = this.emit(item.type, item.env);
    const list = this.shared.get(item.type) ?? [];
    list.push({ env: item.env, pc, state });
    this.shared.set(item.type, list);
    item.placed(pc, state);
  }

  private closeOff(): void {
    const last = this.code.at(-1);
    if (last === undefined || (last.kind !== "halt" && last.kind !== "jump" && last.kind !== "leave"))
      this.code.push({ kind: "halt" });
  }

  /**
   * Lays out `type` at the end of the code; answers the state it begins in.
   * Runs of plain messages are walked in a loop: protocols may be long.
   */
  private emit(type: LocalType, env: Env): number {
    let at = type;
    let inside = env;
    let first: number | undefined;
    let last: Draft | undefined;
    for (;;) {
      while (at.kind === "mu") {
        const loop = { pc: this.code.length, state: this.headState(at.body, inside) };
        inside = { ...inside, loops: new Map(inside.loops).set(at.var, loop) };
        at = at.body;
      }
      const single: LocalBranch | Of<"perform"> | undefined =
        at.kind === "perform"
          ? at
          : (at.kind === "send" || at.kind === "recv") && at.branches.length === 1
            ? at.branches[0]
            : undefined;
      const state = single === undefined ? this.emitEnd(at, inside) : this.states.length;
      first ??= state;
      if (last !== undefined) last.next = state;
      if (single === undefined) return first;
      last =
        "kind" in single
          ? this.emitPerform(single, state)
          : this.emitMessage(at.kind === "send", single, state);
      at = single.next;
    }
  }

  private emitPerform({ deed, edge }: Of<"perform">, state: number): Draft {
    const type = deed.kind === "ask" ? this.valueType(deed.result) : undefined;
    const asked = type !== undefined && needsPayload(type) ? { type } : {};
    const draft = { kind: "perform" as const, deed, edgeId: edge, ...asked, next: END };
    this.states.push(draft);
    this.code.push({ kind: "perform", state });
    return draft;
  }

  /** A message without alternatives, up to but not including what follows it. */
  private emitMessage(sends: boolean, branch: LocalBranch, state: number): DraftBranch {
    const draft = this.draft(branch);
    this.states.push({ kind: sends ? "send" : "recv", branches: [draft] });
    this.code.push(
      sends ? { kind: "send", chan: 0, val: 1, state } : { kind: "receive", chan: 0, dst: 1, state },
      { kind: "invoke", action: "runtime.step" },
    );
    return draft;
  }

  /** Whatever ends a run of plain messages. */
  private emitEnd(at: Exclude<LocalType, Of<"mu">>, env: Env): number {
    switch (at.kind) {
      case "perform":
        return this.emit(at, env);
      case "end":
        this.code.push(env.leave === undefined ? { kind: "halt" } : { kind: "leave", state: env.leave });
        return env.leave ?? END;
      case "var": {
        const loop = env.loops.get(at.name);
        this.code.push(loop === undefined ? { kind: "halt" } : { kind: "jump", target: loop.pc });
        return loop?.state ?? END;
      }
      case "par":
        return this.emitPar(at, env);
      case "decide":
        return this.once(at, env, (state) => this.emitDecide(at, state, env));
      case "scope":
        return this.once(at, env, (state) => this.emitScope(at, state, env));
      default:
        return this.emitBranches(at.kind, at.branches, env);
    }
  }

  /** Lays out what several ways lead to once; the others jump there. */
  private once(at: LocalType, env: Env, emit: (state: number) => void): number {
    const laid = this.laid.get(at) ?? [];
    const seen = laid.find((entry) => entry.env === env);
    if (seen !== undefined) {
      this.code.push({ kind: "jump", target: seen.pc });
      return seen.state;
    }
    const state = this.states.length;
    laid.push({ env, pc: this.code.length, state });
    this.laid.set(at, laid);
    emit(state);
    return state;
  }

  private emitDecide(at: Of<"decide">, state: number, env: Env): void {
    const outcomes = at.branches.map(({ outcome }) => ({ outcome, next: END }));
    const labels = at.branches.map(({ outcome }) => ({ label: outcome, pc: 0 }));
    const subject = at.subject === undefined ? {} : { subject: at.subject };
    this.states.push({ kind: "decide", scope: at.scope, ...subject, outcomes });
    this.code.push({ kind: "decide", labels, state });
    at.branches.forEach(({ next }, index) => {
      const placed = (pc: number, start: number): void => {
        (labels[index] as { pc: number }).pc = pc;
        (outcomes[index] as Draft).next = start;
      };
      if (index > 0) this.deferred.push({ type: next, env, placed });
      else placed(this.code.length, this.emit(next, env));
    });
  }

  /** The body follows at once and ends in `leave`; all exits come later. A loop outside cannot be continued in it. */
  private emitScope(at: Of<"scope">, state: number, env: Env): void {
    const outcomes = at.exits.map(({ outcome }) => ({ outcome, next: END }));
    const exits = at.exits.map(({ outcome }) => ({ label: outcome, pc: 0 }));
    const millis = at.millis === undefined ? {} : { millis: at.millis };
    const draft = {
      kind: "scope" as const,
      scope: at.scope,
      owner: at.owner,
      ...millis,
      body: END,
      exits: outcomes,
    };
    this.states.push(draft, { kind: "leave", of: state });
    this.code.push({ kind: "enter", exits, state });
    draft.body = this.emit(at.body, { loops: noLoops.loops, leave: state + 1 });
    at.exits.forEach(({ next }, index) => {
      const placed = (pc: number, start: number): void => {
        (exits[index] as { pc: number }).pc = pc;
        (outcomes[index] as Draft).next = start;
      };
      this.deferred.push({ type: next, env, placed });
    });
  }

  /** The state that emitting `type` next will begin in. */
  private headState(type: LocalType, env: Env): number {
    let at = type;
    while (at.kind === "mu") at = at.body;
    if (at.kind === "end") return env.leave ?? END;
    if (at.kind === "var") return env.loops.get(at.name)?.state ?? END;
    if ((at.kind === "send" || at.kind === "recv") && at.branches.length === 0) return END;
    return this.states.length;
  }

  private emitBranches(kind: "send" | "recv", branches: readonly LocalBranch[], env: Env): number {
    if (branches.length === 0) {
      this.code.push({ kind: "halt" });
      return END;
    }
    const state = this.states.length;
    const drafts = branches.map((branch) => this.draft(branch));
    this.states.push({ kind, branches: drafts });
    this.emitChoice(kind, state, branches, drafts, env);
    return state;
  }

  private emitChoice(
    kind: "send" | "recv",
    state: number,
    branches: readonly LocalBranch[],
    drafts: readonly DraftBranch[],
    env: Env,
  ): void {
    const targets = branches.map((branch) => ({ label: branch.label, pc: 0 }));
    this.code.push(
      kind === "send"
        ? { kind: "offer", chan: 0, labels: targets, state }
        : { kind: "choose", chan: 0, table: targets, state },
    );
    branches.forEach((branch, index) => {
      const target = targets[index] as { pc: number };
      const draft = drafts[index] as DraftBranch;
      if (kind === "recv" || index === 0) {
        target.pc = this.code.length;
        draft.next = this.emit(branch.next, env);
      } else {
        this.deferred.push({
          type: branch.next,
          env,
          placed: (pc, next) => {
            target.pc = pc;
            draft.next = next;
          },
        });
      }
    });
  }

  /** Arms start no earlier than the end of the main code; a loop outside an arm cannot be continued in it. */
  private emitPar(type: Extract<LocalType, { kind: "par" }>, env: Env): number {
    const state = this.states.length;
    const arms: number[] = type.arms.map(() => 0);
    const draft = { kind: "par" as const, arms: type.arms.map(() => END), next: END };
    this.states.push(draft);
    this.code.push({ kind: "parFork", arms, state }, { kind: "parJoin" });
    type.arms.forEach((arm, index) => {
      this.deferred.push({
        type: arm,
        env: noLoops,
        placed: (pc, next) => {
          arms[index] = pc;
          draft.arms[index] = next;
        },
      });
    });
    draft.next = this.emit(type.next, env);
    return state;
  }

  private draft(branch: LocalBranch): DraftBranch {
    return {
      peer: branch.peer,
      label: branch.label,
      ...(branch.arm === undefined ? {} : { arm: branch.arm }),
      ...(branch.guard === undefined ? {} : { guard: branch.guard }),
      payload: branch.payload.text,
      type: this.valueType(branch.payload),
      annotations: branch.annotations,
      ...(branch.control === undefined ? {} : { control: branch.control }),
      edgeId: branch.edge,
      next: END,
    };
  }
}

/**
 * Compiles the local type of one role. The reference's instructions come first,
 * exactly where it puts them (the first arm of a choice inline); all other arms
 * and the children of par follow after its last one (model §3, spec/machine.md §3).
 *
 * @example compile(!B{x. end}) // send, invoke, halt
 */
export const compile = (
  type: LocalType,
  valueType: (payload: PayloadType) => ValueType = valueTypeOf,
): Program => new Compiler(valueType).program(type);
