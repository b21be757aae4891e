import type { Deed, PayloadSort } from "../kernel/node.ts";
import type { LocalBranch, LocalType } from "../projection/local-type.ts";
import { compareText } from "../theory/label.ts";
import { type PlaceType, type Position, TypeGraph } from "../theory/type-graph.ts";

/** One lap of one timeout scope. Laps are counted modulo {@link LAPS}, so that the states of a loop stay finite. */
export interface ScopeMark {
  readonly scope: string;
  readonly lap: number;
}

/** Laps further apart than half of this cannot be told apart. */
export const LAPS = 32;

/** What a role does by itself, on its way to its next message. */
export type Silent =
  | { readonly kind: "performed"; readonly endpoint: string; readonly edge: string; readonly deed: Deed }
  | { readonly kind: "joined"; readonly endpoint: string }
  | { readonly kind: "entered" | "left"; readonly endpoint: string; readonly scope: string };

/** One thing a role may do in a state. */
export interface RoleMove {
  readonly kind: "send" | "receive" | "decide" | "expire";
  /** Arm path, as on the machine: `""` for the role itself. */
  readonly endpoint: string;
  /** The other end; empty for a decision nobody is told of and for a timer. */
  readonly peer: string;
  /** The label, or the outcome of a decision or a timeout scope. */
  readonly label: string;
  readonly payload: string;
  readonly sort: PayloadSort;
  readonly edge: string;
  /** How many ways the decision has that this is one of; 1 when there is none. */
  readonly among: number;
  /** Scopes the endpoint is in: what it sends is void once one of them is left. */
  readonly scopes: readonly ScopeMark[];
  /** Set on the frame by which the owner of a timeout scope tells its outcome. */
  readonly tells?: ScopeMark;
  readonly next: number;
  readonly after: readonly Silent[];
}

/** A way out of a timeout scope that the owner's frame forces. */
export interface Interrupt extends ScopeMark {
  readonly owner: string;
  readonly next: number;
  readonly after: readonly Silent[];
}

/** Where a role stands. */
type Config =
  | { readonly kind: "at"; readonly position: Position }
  | { readonly kind: "par"; readonly position: Position; readonly arms: readonly Config[] }
  | { readonly kind: "scope"; readonly position: Position; readonly lap: number; readonly body: Config };

type Laps = ReadonlyMap<string, number>;

interface RoleState {
  readonly config: Config;
  readonly laps: Laps;
}

/** A move in the making: counts laps and notes what happens silently. */
interface Walk {
  readonly laps: Map<string, number>;
  readonly silent: Silent[];
}

type Place = {
  readonly endpoint: string;
  readonly scopes: readonly ScopeMark[];
  /** Puts what an inner part has become back into its whole. */
  readonly back: (inner: Config, walk: Walk) => Config;
};

const childPath = (endpoint: string, arm: number): string =>
  endpoint === "" ? String(arm) : `${endpoint}.${arm}`;

const configKey = (config: Config): string => {
  switch (config.kind) {
    case "at":
      return String(config.position);
    case "par":
      return `${config.position}(${config.arms.map(configKey).join("|")})`;
    case "scope":
      return `${config.position}@${config.lap}{${configKey(config.body)}}`;
  }
};

const lapsKey = (laps: Laps): string =>
  [...laps]
    .sort(([a], [b]) => compareText(a, b))
    .map(([scope, lap]) => `${scope}=${lap}`)
    .join(",");

/**
 * One role's local type as an automaton, built as far as it is asked for.
 * States are numbers. What a role does by itself (deeds, joining its arms,
 * entering a scope) happens at once and is noted on the move before it.
 */
export class RoleMachine {
  readonly role: string;
  /** What the role does before its first message. */
  readonly begins: readonly Silent[];
  readonly initial: number;
  private readonly graph = new TypeGraph();
  private readonly states: RoleState[] = [];
  private readonly known = new Map<string, number>();
  private readonly movesOf = new Map<number, readonly RoleMove[]>();
  private readonly interruptsOf = new Map<number, readonly Interrupt[]>();

  constructor(role: string, type: LocalType) {
    this.role = role;
    const walk: Walk = { laps: new Map(), silent: [] };
    const config = this.settle(this.graph.root(type), "", walk);
    this.begins = walk.silent;
    this.initial = this.intern({ config, laps: walk.laps });
  }

  /** Nothing is left to do. */
  ended(state: number): boolean {
    const config = this.states[state]?.config;
    return config === undefined || this.over(config);
  }

  /** Everything the role may do in a state, in the order of its type. */
  moves(state: number): readonly RoleMove[] {
    const before = this.movesOf.get(state);
    if (before !== undefined) return before;
    const from = this.states[state];
    const moves: RoleMove[] = [];
    if (from !== undefined) {
      this.collect(from.config, { endpoint: "", scopes: [], back: (inner) => inner }, from.laps, moves);
    }
    this.movesOf.set(state, moves);
    return moves;
  }

  /** Scopes an owner's frame may take the role out of, outermost first. */
  interrupts(state: number): readonly Interrupt[] {
    const before = this.interruptsOf.get(state);
    if (before !== undefined) return before;
    const from = this.states[state];
    const found: Interrupt[] = [];
    if (from !== undefined) {
      this.exits(from.config, { endpoint: "", scopes: [], back: (inner) => inner }, from.laps, found);
    }
    this.interruptsOf.set(state, found);
    return found;
  }

  /** Whether a frame sent in that lap of a scope means nothing to the role any more. */
  hasLeft(state: number, mark: ScopeMark): boolean {
    const from = this.states[state];
    const count = from?.laps.get(mark.scope);
    if (from === undefined || count === undefined) return false;
    const ahead = (count - mark.lap + LAPS) % LAPS;
    return ahead === 0 ? !this.isIn(from.config, mark.scope) : ahead < LAPS / 2;
  }

  private intern(state: RoleState): number {
    const key = `${configKey(state.config)};${lapsKey(state.laps)}`;
    const before = this.known.get(key);
    if (before !== undefined) return before;
    const id = this.states.length;
    this.states.push(state);
    this.known.set(key, id);
    return id;
  }

  private over(config: Config): boolean {
    if (config.kind !== "at") return false;
    const type = this.graph.at(config.position);
    return type.kind === "end" || ("branches" in type && type.branches.length === 0);
  }

  private isIn(config: Config, scope: string): boolean {
    if (config.kind === "at") return false;
    if (config.kind === "par") return config.arms.some((arm) => this.isIn(arm, scope));
    const type = this.graph.at(config.position);
    return (type.kind === "scope" && type.scope === scope) || this.isIn(config.body, scope);
  }

  /** Goes on through everything the role does by itself. */
  private settle(start: Position, endpoint: string, walk: Walk): Config {
    let position = start;
    for (;;) {
      const type = this.graph.at(position);
      if (type.kind === "perform") {
        walk.silent.push({ kind: "performed", endpoint, edge: type.edge, deed: type.deed });
        position = this.graph.step(position, type.next);
        continue;
      }
      if (type.kind === "par") return this.fork(position, type, endpoint, walk);
      if (type.kind === "scope") return this.enter(position, type, endpoint, walk);
      return { kind: "at", position };
    }
  }

  private fork(
    position: Position,
    type: Extract<PlaceType, { kind: "par" }>,
    endpoint: string,
    walk: Walk,
  ): Config {
    const arms = type.arms.map((arm, i) =>
      this.settle(this.graph.step(position, arm), childPath(endpoint, i), walk),
    );
    return this.joined({ kind: "par", position, arms }, endpoint, walk);
  }

  private joined(par: Extract<Config, { kind: "par" }>, endpoint: string, walk: Walk): Config {
    const type = this.graph.at(par.position);
    if (type.kind !== "par" || !par.arms.every((arm) => this.over(arm))) return par;
    walk.silent.push({ kind: "joined", endpoint });
    return this.settle(this.graph.step(par.position, type.next), endpoint, walk);
  }

  private enter(
    position: Position,
    type: Extract<PlaceType, { kind: "scope" }>,
    endpoint: string,
    walk: Walk,
  ): Config {
    const lap = ((walk.laps.get(type.scope) ?? 0) + 1) % LAPS;
    walk.laps.set(type.scope, lap);
    walk.silent.push({ kind: "entered", endpoint, scope: type.scope });
    const body = this.settle(this.graph.step(position, type.body), endpoint, walk);
    return this.left({ kind: "scope", position, lap, body }, endpoint, walk);
  }

  /** The body has ended: the owner is done, anybody else waits to be told. */
  private left(scope: Extract<Config, { kind: "scope" }>, endpoint: string, walk: Walk): Config {
    if (!this.over(scope.body)) return scope;
    return this.exit(scope.position, ["done", "told"], endpoint, walk) ?? scope;
  }

  private exit(
    position: Position,
    outcomes: readonly string[],
    endpoint: string,
    walk: Walk,
  ): Config | undefined {
    const type = this.graph.at(position);
    if (type.kind !== "scope") return undefined;
    const exit = type.exits.find(({ outcome }) => outcomes.includes(outcome));
    if (exit === undefined) return undefined;
    walk.silent.push({ kind: "left", endpoint, scope: type.scope });
    return this.settle(this.graph.step(position, exit.next), endpoint, walk);
  }

  private collect(config: Config, place: Place, laps: Laps, into: RoleMove[]): void {
    switch (config.kind) {
      case "at":
        this.collectAt(config.position, place, laps, into);
        return;
      case "par":
        for (const [i, arm] of config.arms.entries()) {
          this.collect(arm, this.armPlace(config, i, place), laps, into);
        }
        return;
      case "scope":
        this.collectTimers(config, place, laps, into);
        this.collect(config.body, this.bodyPlace(config, place), laps, into);
    }
  }

  private armPlace(par: Extract<Config, { kind: "par" }>, arm: number, place: Place): Place {
    return {
      endpoint: childPath(place.endpoint, arm),
      scopes: place.scopes,
      back: (inner, walk) => {
        const arms = par.arms.map((other, i) => (i === arm ? inner : other));
        return place.back(this.joined({ ...par, arms }, place.endpoint, walk), walk);
      },
    };
  }

  private bodyPlace(scope: Extract<Config, { kind: "scope" }>, place: Place): Place {
    const type = this.graph.at(scope.position);
    const id = type.kind === "scope" ? type.scope : "";
    return {
      endpoint: place.endpoint,
      scopes: [...place.scopes, { scope: id, lap: scope.lap }],
      back: (inner, walk) => place.back(this.left({ ...scope, body: inner }, place.endpoint, walk), walk),
    };
  }

  private collectAt(position: Position, place: Place, laps: Laps, into: RoleMove[]): void {
    const type = this.graph.at(position);
    if (type.kind === "decide") {
      for (const { outcome, next } of type.branches) {
        const plain = {
          kind: "decide",
          peer: "",
          label: outcome,
          payload: "",
          sort: "Unit",
          edge: type.scope,
        } as const;
        into.push({
          ...plain,
          ...this.reached(position, next, place, laps),
          among: type.branches.length,
        });
      }
      return;
    }
    if (type.kind !== "send" && type.kind !== "recv") return;
    for (const branch of type.branches) {
      into.push({
        kind: type.kind === "send" ? "send" : "receive",
        peer: type.kind === "send" ? branch.peer : type.from,
        label: branch.label,
        payload: branch.payload.text,
        sort: branch.payload.sort,
        edge: branch.edge,
        among: type.kind === "send" ? type.branches.length : 1,
        ...this.reached(position, branch.next, place, laps),
        ...tellsOf(branch, laps),
      });
    }
  }

  private reached(
    position: Position,
    next: LocalType,
    place: Place,
    laps: Laps,
  ): Pick<RoleMove, "endpoint" | "scopes" | "next" | "after"> {
    const walk: Walk = { laps: new Map(laps), silent: [] };
    const inner = this.settle(this.graph.step(position, next), place.endpoint, walk);
    const config = place.back(inner, walk);
    return {
      endpoint: place.endpoint,
      scopes: place.scopes,
      next: this.intern({ config, laps: walk.laps }),
      after: walk.silent,
    };
  }

  /** The owner's clock may run out, or a cancellation come, at any moment. */
  private collectTimers(
    scope: Extract<Config, { kind: "scope" }>,
    place: Place,
    laps: Laps,
    into: RoleMove[],
  ): void {
    const type = this.graph.at(scope.position);
    if (type.kind !== "scope" || type.owner !== this.role) return;
    for (const { outcome } of type.exits) {
      if (outcome !== "timeout" && outcome !== "cancel") continue;
      const walk: Walk = { laps: new Map(laps), silent: [] };
      const inner = this.exit(scope.position, [outcome], place.endpoint, walk);
      if (inner === undefined) continue;
      into.push({
        kind: "expire",
        endpoint: place.endpoint,
        peer: "",
        label: outcome,
        payload: "",
        sort: "Unit",
        edge: type.scope,
        among: 1,
        scopes: place.scopes,
        next: this.intern({ config: place.back(inner, walk), laps: walk.laps }),
        after: walk.silent,
      });
    }
  }

  private exits(config: Config, place: Place, laps: Laps, into: Interrupt[]): void {
    if (config.kind === "par") {
      for (const [i, arm] of config.arms.entries()) {
        this.exits(arm, this.armPlace(config, i, place), laps, into);
      }
    }
    if (config.kind !== "scope") return;
    const type = this.graph.at(config.position);
    if (type.kind === "scope" && type.owner !== this.role) {
      const walk: Walk = { laps: new Map(laps), silent: [] };
      const inner = this.exit(config.position, ["told"], place.endpoint, walk);
      if (inner !== undefined) {
        const next = this.intern({ config: place.back(inner, walk), laps: walk.laps });
        into.push({ scope: type.scope, lap: config.lap, owner: type.owner, next, after: walk.silent });
      }
    }
    this.exits(config.body, this.bodyPlace(config, place), laps, into);
  }
}

/** A control frame of a scope the role has entered says how that lap ended. */
const tellsOf = (branch: LocalBranch, laps: Laps): { readonly tells?: ScopeMark } => {
  const lap = branch.control === undefined ? undefined : laps.get(branch.control);
  return branch.control === undefined || lap === undefined ? {} : { tells: { scope: branch.control, lap } };
};
