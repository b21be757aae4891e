import type { LocalType } from "../projection/local-type.ts";
import { unfoldLocal } from "../projection/local-walk.ts";

type Scope = LocalType & { readonly kind: "scope" };

/** One entry into a timeout: its id, and how often this role had entered it before. */
interface Lap {
  readonly id: string;
  readonly lap: number;
}

interface Frame {
  readonly label: string;
  /** The timeouts the sender was in, outermost first. */
  readonly within: readonly Lap[];
  /** Of a frame that says how a timeout was left. */
  readonly about?: Lap;
}

/** Where a role stands: at a type, in parallel arms, or in the body of a timeout. */
type Stand =
  | { readonly kind: "at"; readonly type: LocalType }
  | { readonly kind: "par"; readonly arms: readonly Stand[]; readonly next: LocalType }
  | { readonly kind: "in"; readonly scope: Scope; readonly lap: number; readonly body: Stand };

interface Move {
  readonly what: string;
  readonly go: () => Stand;
}

const sameLap = (a: Lap, b: Lap): boolean => a.id === b.id && a.lap === b.lap;

const sameStack = (a: readonly Lap[], b: readonly Lap[]): boolean =>
  a.length === b.length &&
  a.every((lap, i) => {
    const other = b[i];
    return other !== undefined && sameLap(lap, other);
  });

/** The control frame that says how `scope` was left, from what is sent. */
const aboutOf = (control: string | undefined, laps: ReadonlyMap<string, number>): Lap | undefined =>
  control === undefined || !laps.has(control)
    ? undefined
    : { id: control, lap: (laps.get(control) ?? 1) - 1 };

/** One role of a run: its place, and the laps it has begun. */
class Player {
  stand: Stand;
  private readonly laps = new Map<string, number>();
  private readonly name: string;
  private readonly edges: Map<string, Frame[]>;

  constructor(name: string, type: LocalType, edges: Map<string, Frame[]>) {
    this.name = name;
    this.edges = edges;
    this.stand = { kind: "at", type };
  }

  get done(): boolean {
    return this.stand.kind === "at" && this.stand.type.kind === "end";
  }

  /** A frame nobody waits for any more: of a timeout this role has left. */
  stale(frame: Frame, within: readonly Lap[]): boolean {
    return frame.within.some(
      (lap) => lap.lap < (this.laps.get(lap.id) ?? 0) && !within.some((here) => sameLap(here, lap)),
    );
  }

  /** Opens loops, enters timeouts, joins arms and leaves on what the owner said, as far as that goes. */
  settle(): void {
    this.stand = this.ready(this.stand);
  }

  moves(): readonly Move[] {
    return this.movesAt(this.stand, []);
  }

  private edge(from: string): Frame[] {
    const key = `${from}>${this.name}`;
    const frames = this.edges.get(key) ?? [];
    this.edges.set(key, frames);
    return frames;
  }

  private ready(stand: Stand): Stand {
    switch (stand.kind) {
      case "at":
        return this.readyAt(stand.type);
      case "par": {
        const arms = stand.arms.map((arm) => this.ready(arm));
        const joined = arms.every((arm) => arm.kind === "at" && arm.type.kind === "end");
        return joined ? this.readyAt(stand.next) : { ...stand, arms };
      }
      case "in": {
        const told = this.toldToLeave(stand.scope, stand.lap);
        return told === undefined ? { ...stand, body: this.ready(stand.body) } : this.readyAt(told);
      }
    }
  }

  private readyAt(type: LocalType): Stand {
    if (type.kind === "mu") return this.readyAt(unfoldLocal(type));
    if (type.kind === "par") {
      const arms = type.arms.map((arm) => this.readyAt(arm));
      return this.ready({ kind: "par", arms, next: type.next });
    }
    if (type.kind !== "scope") return { kind: "at", type };
    const lap = this.laps.get(type.scope) ?? 0;
    this.laps.set(type.scope, lap + 1);
    return this.ready({ kind: "in", scope: type, lap, body: { kind: "at", type: type.body } });
  }

  /** The owner has said it left early: what was sent before that is dropped. */
  private toldToLeave(scope: Scope, lap: number): LocalType | undefined {
    const told = scope.exits.find((exit) => exit.outcome === "told");
    if (told === undefined) return undefined;
    const frames = this.edge(scope.owner);
    const at = frames.findIndex(
      ({ about, label }) =>
        about !== undefined && sameLap(about, { id: scope.scope, lap }) && !label.endsWith(":done"),
    );
    if (at < 0) return undefined;
    frames.splice(0, at);
    return told.next;
  }

  private movesAt(stand: Stand, within: readonly Lap[]): readonly Move[] {
    switch (stand.kind) {
      case "at":
        return this.deeds(stand.type, within);
      case "par":
        return stand.arms.flatMap((arm, i) =>
          this.movesAt(arm, within).map(({ what, go }) => ({
            what,
            go: () => ({ ...stand, arms: stand.arms.map((other, k) => (k === i ? go() : other)) }),
          })),
        );
      case "in":
        return this.inside(stand, within);
    }
  }

  private inside(stand: Stand & { kind: "in" }, within: readonly Lap[]): readonly Move[] {
    const { scope, lap, body } = stand;
    const leave = (outcome: string): readonly Move[] =>
      scope.exits
        .filter((exit) => exit.outcome === outcome)
        .map((exit) => ({
          what: `${this.name} leaves ${scope.scope} by ${outcome}`,
          go: () => ({ kind: "at", type: exit.next }),
        }));
    const early = [...leave("timeout"), ...leave("cancel")];
    if (body.kind === "at" && body.type.kind === "end") return [...leave("done"), ...leave("told"), ...early];
    const deeper = this.movesAt(body, [...within, { id: scope.scope, lap }]);
    return [...deeper.map(({ what, go }) => ({ what, go: () => ({ ...stand, body: go() }) })), ...early];
  }

  private deeds(type: LocalType, within: readonly Lap[]): readonly Move[] {
    const at = (next: LocalType): Stand => ({ kind: "at", type: next });
    switch (type.kind) {
      case "perform":
        return [{ what: `${this.name} performs`, go: () => at(type.next) }];
      case "decide":
        return type.branches.map((b) => ({
          what: `${this.name} decides ${b.outcome}`,
          go: () => at(b.next),
        }));
      case "send":
        return type.branches.map((b) => ({
          what: `${this.name} sends ${b.label} to ${b.peer}`,
          go: () => {
            const about = aboutOf(b.control, this.laps);
            const key = `${this.name}>${b.peer}`;
            const frame: Frame = { label: b.label, within, ...(about === undefined ? {} : { about }) };
            this.edges.set(key, [...(this.edges.get(key) ?? []), frame]);
            return at(b.next);
          },
        }));
      case "recv":
        return this.receive(type, within);
      default:
        return [];
    }
  }

  private receive(type: LocalType & { kind: "recv" }, within: readonly Lap[]): readonly Move[] {
    const frames = this.edge(type.from);
    while (frames[0] !== undefined && this.stale(frames[0], within)) frames.shift();
    const [head] = frames;
    // The sender has left a timeout this role is still in, or is ahead of it: its word will come.
    if (head === undefined || !sameStack(head.within, within)) return [];
    const taken = type.branches.find((b) => b.label === head.label);
    if (taken === undefined) throw new Error(`${this.name} does not expect ${head.label} from ${type.from}`);
    const go = (): Stand => {
      frames.shift();
      return { kind: "at", type: taken.next };
    };
    return [{ what: `${this.name} receives ${head.label}`, go }];
  }
}

/**
 * Runs all roles against each other, `picks` deciding who goes next and how,
 * expiry and cancellation of timeouts included. Nothing when all end, or the
 * picks do; else why nobody can move: who waits, what is unread. Throws when a
 * role is sent what it does not expect.
 */
export const runLocals = (
  locals: Readonly<Record<string, LocalType>>,
  picks: readonly number[],
): string | undefined => {
  const edges = new Map<string, Frame[]>();
  const players = new Map(
    Object.entries(locals).map(([name, type]) => [name, new Player(name, type, edges)]),
  );
  for (const pick of picks) {
    for (const player of players.values()) player.settle();
    const all = [...players.values()].flatMap((player) => player.moves().map((move) => ({ player, move })));
    const chosen = all[pick % Math.max(all.length, 1)];
    if (chosen === undefined) return stuck(players, edges);
    chosen.player.stand = chosen.move.go();
  }
  return undefined;
};

const stuck = (
  players: ReadonlyMap<string, Player>,
  edges: ReadonlyMap<string, readonly Frame[]>,
): string | undefined => {
  const waiting = [...players].filter(([, player]) => !player.done).map(([name]) => name);
  const unread = [...edges].filter(([edge, frames]) => {
    const to = players.get(edge.slice(edge.indexOf(">") + 1));
    return frames.some((frame) => to === undefined || !to.stale(frame, []));
  });
  if (waiting.length + unread.length === 0) return undefined;
  return `waiting: ${waiting.join(", ")}; unread: ${unread.map(([edge]) => edge).join(", ")}`;
};
