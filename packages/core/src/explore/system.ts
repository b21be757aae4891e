import type { LocalType } from "../projection/local-type.ts";
import type { TraceStep } from "./exploration.ts";
import { RoleMachine, type RoleMove, type ScopeMark } from "./role-machine.ts";

/** A message on its way. */
export interface Frame {
  readonly label: string;
  readonly payload: string;
  readonly edge: string;
  readonly scopes: readonly ScopeMark[];
  readonly tells?: ScopeMark;
}

/** Where everybody stands, and what is on its way: frames by number, by edge. */
export interface SystemState {
  readonly roles: readonly number[];
  readonly queues: readonly (readonly number[])[];
}

/** A state with the steps that led there at once. */
export interface Reached {
  readonly state: SystemState;
  readonly steps: readonly TraceStep[];
}

const NOTHING: readonly number[] = [];

const stepOf = (role: string, move: RoleMove): TraceStep => {
  const { kind, endpoint, peer, label, payload, sort, edge, among, after } = move;
  return { role, kind, endpoint, peer, label, payload, sort, edge, among, after };
};

/**
 * All roles together: one automaton each, a queue per ordered pair. Frames of
 * a timeout scope are void once the receiver has left it, and the owner's
 * frame takes a role out of it at once (model §3); both happen before anything
 * else does, as on the machine.
 */
export class System {
  readonly names: readonly string[];
  readonly machines: readonly RoleMachine[];
  readonly edges: { readonly from: string; readonly to: string }[] = [];
  private readonly index = new Map<string, number>();
  private readonly edgeIds = new Map<string, number>();
  private readonly frames: Frame[] = [];
  private readonly frameIds = new Map<string, number>();

  constructor(locals: Readonly<Record<string, LocalType>>) {
    this.names = Object.keys(locals);
    this.machines = Object.entries(locals).map(([role, type]) => new RoleMachine(role, type));
    for (const [i, name] of this.names.entries()) this.index.set(name, i);
  }

  get initial(): SystemState {
    return { roles: this.machines.map((machine) => machine.initial), queues: [] };
  }

  key({ roles, queues }: SystemState): string {
    return `${roles.join(",")}|${queues.map((queue) => queue.join(".")).join(",")}`;
  }

  roleIndex(name: string): number | undefined {
    return this.index.get(name);
  }

  edgeId(from: string, to: string): number {
    const key = `${from}\u0000${to}`;
    const before = this.edgeIds.get(key);
    if (before !== undefined) return before;
    this.edgeIds.set(key, this.edges.length);
    return this.edges.push({ from, to }) - 1;
  }

  queue(state: SystemState, edge: number): readonly number[] {
    return state.queues[edge] ?? NOTHING;
  }

  frame(id: number): Frame {
    return this.frames[id] ?? { label: "", payload: "", edge: "", scopes: [] };
  }

  /** The first message from `from` to `to`, if there is one. */
  head(state: SystemState, from: string, to: string): Frame | undefined {
    const id = this.queue(state, this.edgeId(from, to))[0];
    return id === undefined ? undefined : this.frame(id);
  }

  /** The state after a move that can be made. */
  apply(state: SystemState, who: number, move: RoleMove): Reached {
    const role = this.names[who] ?? "";
    const roles = state.roles.map((at, i) => (i === who ? move.next : at));
    let { queues } = state;
    if (move.kind === "send") {
      const edge = this.edgeId(role, move.peer);
      queues = this.withQueue(queues, edge, [...(queues[edge] ?? NOTHING), this.frameOf(move)]);
    }
    if (move.kind === "receive") {
      const edge = this.edgeId(move.peer, role);
      queues = this.withQueue(queues, edge, (queues[edge] ?? NOTHING).slice(1));
    }
    return this.tidy({ roles, queues }, [stepOf(role, move)]);
  }

  /** Leaves scopes that were ended from outside and drops what they leave behind. */
  tidy(start: SystemState, steps: readonly TraceStep[]): Reached {
    let state = start;
    let all = steps;
    for (;;) {
      const next = this.interrupted(state) ?? this.dropped(state);
      if (next === undefined) return { state, steps: all };
      state = next.state;
      all = [...all, ...next.steps];
    }
  }

  private withQueue(
    queues: readonly (readonly number[])[],
    edge: number,
    queue: readonly number[],
  ): readonly (readonly number[])[] {
    const all = Array.from({ length: Math.max(queues.length, edge + 1) }, (_, i) =>
      i === edge ? queue : (queues[i] ?? NOTHING),
    );
    while (all.length > 0 && all.at(-1)?.length === 0) all.pop();
    return all;
  }

  private frameOf({ label, payload, edge, scopes, tells }: RoleMove): number {
    const marks = [...scopes, ...(tells === undefined ? [] : [tells])];
    const key = JSON.stringify([label, payload, edge, marks, tells !== undefined]);
    const before = this.frameIds.get(key);
    if (before !== undefined) return before;
    const frame = { label, payload, edge, scopes, ...(tells === undefined ? {} : { tells }) };
    this.frameIds.set(key, this.frames.length);
    return this.frames.push(frame) - 1;
  }

  private interrupted(state: SystemState): Reached | undefined {
    for (const [i, machine] of this.machines.entries()) {
      const at = state.roles[i] ?? 0;
      for (const exit of machine.interrupts(at)) {
        const edge = this.edgeId(exit.owner, machine.role);
        const queue = this.queue(state, edge);
        const place = queue.findIndex((id) => {
          const { tells, label } = this.frame(id);
          return tells?.scope === exit.scope && tells.lap === exit.lap && label !== `${exit.scope}:done`;
        });
        const told = queue[place];
        if (told === undefined) continue;
        const roles = state.roles.map((old, k) => (k === i ? exit.next : old));
        const step: TraceStep = {
          role: machine.role,
          kind: "interrupt",
          endpoint: "",
          peer: exit.owner,
          label: this.frame(told).label,
          payload: "",
          sort: "Unit",
          edge: exit.scope,
          among: 1,
          after: exit.after,
        };
        return {
          state: { roles, queues: this.withQueue(state.queues, edge, queue.slice(place)) },
          steps: [step],
        };
      }
    }
    return undefined;
  }

  private dropped(state: SystemState): Reached | undefined {
    for (const [edge, queue] of state.queues.entries()) {
      const id = queue[0];
      const pair = this.edges[edge];
      const to = pair && this.index.get(pair.to);
      if (id === undefined || pair === undefined || to === undefined) continue;
      const frame = this.frame(id);
      if (frame.scopes.length === 0) continue;
      const machine = this.machines[to];
      const at = state.roles[to] ?? 0;
      if (!frame.scopes.some((mark) => machine?.hasLeft(at, mark))) continue;
      const step: TraceStep = {
        role: pair.to,
        kind: "discard",
        endpoint: "",
        peer: pair.from,
        label: frame.label,
        payload: frame.payload,
        sort: "Unit",
        edge: frame.edge,
        among: 1,
        after: [],
      };
      return {
        state: { roles: state.roles, queues: this.withQueue(state.queues, edge, queue.slice(1)) },
        steps: [step],
      };
    }
    return undefined;
  }
}
