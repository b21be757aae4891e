import type { LocalType } from "../projection/local-type.ts";
import type {
  Counterexample,
  Exploration,
  ExploreOptions,
  Fault,
  FaultKind,
  Run,
  TraceStep,
} from "./exploration.ts";
import { deadlockIn, messageFault, waitingIn } from "./fault-of.ts";
import type { RoleMove } from "./role-machine.ts";
import { System, type SystemState } from "./system.ts";

const BOUND = 8;
const STATES = 20_000;
/** States between two reports. */
const REPORT = 500;

interface Visited {
  readonly state: SystemState;
  readonly parent: number;
  readonly steps: readonly TraceStep[];
}

interface Move {
  readonly who: number;
  readonly move: RoleMove;
}

/** Breadth first, so that the first run into a fault is a shortest one. */
class Explorer {
  private readonly system: System;
  private readonly bound: number;
  private readonly limit: number;
  private readonly reduce: boolean;
  private readonly visited: Visited[] = [];
  private readonly known = new Map<string, number>();
  /** Per move: from, to, who. Kept for progress only. */
  private readonly graph: (readonly [number, number, number])[] = [];
  private readonly ranOut = new Set<"states" | "buffer">();
  private readonly faults = new Map<FaultKind, Counterexample>();
  private readonly most: number[] = [];
  /** The state in which each edge holds most. */
  private readonly fullest: number[] = [];
  private readonly options: ExploreOptions;
  private readonly taken = new Set<string>();
  private moves = 0;

  constructor(locals: Readonly<Record<string, LocalType>>, options: ExploreOptions) {
    this.system = new System(locals);
    this.options = options;
    this.bound = options.bound ?? BOUND;
    this.limit = options.states ?? STATES;
    this.reduce = options.reduce ?? false;
  }

  run(): Exploration {
    const first = this.system.tidy(this.system.initial, []);
    this.reach(first.state, -1, first.steps);
    for (let at = 0; at < this.visited.length; at++) {
      if (at % REPORT === 0) this.options.onStates?.(this.visited.length);
      this.expand(at);
    }
    const complete = this.ranOut.size === 0;
    return {
      states: this.visited.length,
      moves: this.moves,
      outcome: complete ? "complete" : "bounded",
      ranOut: [...this.ranOut],
      bound: this.bound,
      faults: [...this.faults.values()],
      buffers: this.system.edges.flatMap(({ from, to }, i) => {
        const max = this.most[i] ?? 0;
        if (max === 0) return [];
        return [
          { from, to, max, ...(this.options.fullest ? { run: this.runTo(this.fullest[i] ?? 0) } : {}) },
        ];
      }),
      ...(complete && !this.reduce ? { progress: this.progress() } : {}),
      ...(complete ? { unreachable: this.unreachable() } : {}),
    };
  }

  private reach(state: SystemState, parent: number, steps: readonly TraceStep[]): number | undefined {
    const key = this.system.key(state);
    const before = this.known.get(key);
    if (before !== undefined) return before;
    if (this.visited.length >= this.limit) {
      this.ranOut.add("states");
      return undefined;
    }
    const id = this.visited.push({ state, parent, steps }) - 1;
    this.known.set(key, id);
    for (const [edge, queue] of state.queues.entries()) {
      if (queue.length <= (this.most[edge] ?? 0)) continue;
      this.most[edge] = queue.length;
      this.fullest[edge] = id;
    }
    return id;
  }

  private expand(at: number): void {
    const { state } = this.visited[at] as Visited;
    const fault = messageFault(this.system, state);
    // What comes after a fault is no consequence of the types any more.
    if (fault !== undefined) {
      this.note(at, fault);
      return;
    }
    const { open, blocked } = this.movesIn(state);
    if (open.length === 0 && !blocked) {
      const stuck = deadlockIn(this.system, state);
      if (stuck !== undefined) this.note(at, stuck);
    }
    for (const { who, move } of open) {
      this.moves++;
      this.taken.add(wayKey(this.system.names[who] ?? "", move));
      const { state: next, steps } = this.system.apply(state, who, move);
      const to = this.reach(next, at, steps);
      if (to !== undefined && !this.reduce) this.graph.push([at, to, who]);
    }
  }

  private movesIn(state: SystemState): { readonly open: readonly Move[]; readonly blocked: boolean } {
    const open: Move[] = [];
    let blocked = false;
    for (const [who, machine] of this.system.machines.entries()) {
      for (const move of machine.moves(state.roles[who] ?? 0)) {
        if (move.kind === "send") {
          const edge = this.system.edgeId(machine.role, move.peer);
          if (this.system.queue(state, edge).length >= this.bound) {
            blocked = true;
            this.ranOut.add("buffer");
            continue;
          }
        }
        if (move.kind === "receive") {
          const head = this.system.head(state, move.peer, machine.role);
          if (head?.label !== move.label || head.payload !== move.payload) continue;
          // Nobody else can take it or hinder it, so nothing is missed by taking it now.
          if (this.reduce && move.scopes.length === 0) return { open: [{ who, move }], blocked: false };
        }
        open.push({ who, move });
      }
    }
    return { open, blocked };
  }

  private note(at: number, fault: Fault): void {
    if (this.faults.has(fault.kind)) return;
    const { state } = this.visited[at] as Visited;
    this.faults.set(fault.kind, {
      ...fault,
      ...this.runTo(at),
      waiting: waitingIn(this.system, state),
    });
  }

  /** A shortest run into a state. */
  private runTo(at: number): Run {
    const trace: (readonly TraceStep[])[] = [];
    for (let id = at; id >= 0; ) {
      const { parent, steps } = this.visited[id] as Visited;
      trace.push(steps);
      id = parent;
    }
    return {
      trace: trace.reverse().flat(),
      begins: Object.fromEntries(this.system.machines.map(({ role, begins }) => [role, begins])),
    };
  }

  /** Backwards from every state in which the role acts: where it has not ended, it must be able to get there. */
  private progress(): readonly { readonly role: string; readonly ok: boolean }[] {
    const into: number[][] = this.visited.map(() => []);
    for (const [from, to] of this.graph) into[to]?.push(from);
    return this.system.machines.map((machine, who) => {
      const able = new Set<number>();
      const queue: number[] = [];
      for (const [from, , actor] of this.graph) if (actor === who && !able.has(from)) queue.push(from);
      for (const id of queue) able.add(id);
      for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
        for (const before of into[at] ?? []) {
          if (able.has(before)) continue;
          able.add(before);
          queue.push(before);
        }
      }
      const ok = this.visited.every(({ state }, id) => able.has(id) || machine.ended(state.roles[who] ?? 0));
      return { role: machine.role, ok };
    });
  }

  private unreachable(): readonly { readonly role: string; readonly edge: string; readonly label: string }[] {
    const found = new Map<string, { role: string; edge: string; label: string }>();
    for (const [who, machine] of this.system.machines.entries()) {
      const seen = new Set<number>(this.visited.map(({ state }) => state.roles[who] ?? 0));
      for (const at of seen) {
        for (const move of machine.moves(at)) {
          const key = wayKey(machine.role, move);
          if (this.taken.has(key)) continue;
          found.set(key, { role: machine.role, edge: move.edge, label: move.label });
        }
      }
    }
    return [...found.values()];
  }
}

const wayKey = (role: string, { kind, edge, label, peer }: RoleMove): string =>
  JSON.stringify([role, kind, edge, label, peer]);

/**
 * Every state that roles running asynchronously can get into: each keeps to
 * its local type, messages wait in one queue per ordered pair. Breadth first
 * and in a fixed order, so the answer is always the same and each fault comes
 * with a shortest run that leads to it.
 *
 * @example explore(projectAll(bound).locals).faults // [] for whatever projects
 */
export const explore = (
  locals: Readonly<Record<string, LocalType>>,
  options: ExploreOptions = {},
): Exploration => new Explorer(locals, options).run();
