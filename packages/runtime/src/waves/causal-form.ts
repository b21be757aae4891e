import { type Edge, encodeCanonical, type MachineEvent } from "@parley/wire";

/** An event without its round and without ids handed out in order of creation. */
export type BareEvent = { readonly kind: MachineEvent["kind"]; readonly [field: string]: unknown };

interface Actor {
  readonly role: string;
  readonly path: string;
}

/** Names coroutines by what they are: the arm paths of the children that forks have made. */
class Paths {
  private readonly paths = new Map<number, string>();

  of(coroutine: number): string {
    return this.paths.get(coroutine) ?? "";
  }

  fork(coroutine: number, children: readonly number[]): void {
    const own = this.of(coroutine);
    children.forEach((child, arm) => {
      this.paths.set(child, own === "" ? String(arm) : `${own}.${arm}`);
    });
  }
}

/** Who did it: a role, or one of its parallel arms. */
const actorOf = (event: MachineEvent, paths: Paths): Actor | undefined => {
  switch (event.kind) {
    case "sent":
    case "offered":
      return { role: `${event.edge.sid}/${event.edge.from}`, path: event.endpoint ?? "" };
    case "received":
    case "chose":
      return { role: `${event.edge.sid}/${event.edge.to}`, path: event.endpoint ?? "" };
    default:
      return "coroutine" in event ? { role: `0/${event.role}`, path: paths.of(event.coroutine) } : undefined;
  }
};

const bare = (event: MachineEvent, actor: Actor | undefined): BareEvent => {
  const {
    tick: _tick,
    coroutine: _id,
    children,
    ...rest
  } = event as MachineEvent & {
    readonly coroutine?: number;
    readonly children?: readonly number[];
  };
  return {
    ...rest,
    ...(children === undefined ? {} : { children: children.length }),
    ...(actor === undefined ? {} : { endpoint: actor.path }),
  };
};

const frameKey = (edge: Edge, seq: number): string => JSON.stringify([edge.sid, edge.from, edge.to, seq]);

/** How long the longest chain of causes is that leads to each event. */
class Depths {
  private readonly strands = new Map<string, number>();
  private readonly sends = new Map<string, number>();

  private strand({ role, path }: Actor): number {
    const own = this.strands.get(`${role}:${path}`);
    if (own !== undefined || path === "") return own ?? 0;
    const dot = path.lastIndexOf(".");
    return this.strand({ role, path: dot < 0 ? "" : path.slice(0, dot) });
  }

  /** The last that any arm below this one did. */
  private arms({ role, path }: Actor): number {
    const prefix = path === "" ? `${role}:` : `${role}:${path}.`;
    let depth = 0;
    for (const [key, at] of this.strands) if (key.startsWith(prefix)) depth = Math.max(depth, at);
    return depth;
  }

  of(event: MachineEvent, actor: Actor | undefined): number {
    const told =
      event.kind === "received" || event.kind === "discarded"
        ? (this.sends.get(frameKey(event.edge, event.seq)) ?? 0)
        : 0;
    if (actor === undefined) return told + 1;
    const joined = event.kind === "joined" ? this.arms(actor) : 0;
    const depth = Math.max(told, joined, this.strand(actor)) + 1;
    this.strands.set(`${actor.role}:${actor.path}`, depth);
    if (event.kind === "sent") this.sends.set(frameKey(event.edge, event.seq), depth);
    return depth;
  }
}

const byBytes = (a: Uint8Array, b: Uint8Array): number => {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const difference = (a[i] as number) - (b[i] as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
};

/**
 * The one form of all runs in which the same things happened for the same
 * reasons: events by depth in the causal order (own order of each role and
 * arm, messages, forks and joins), at one depth by their bytes, without
 * rounds. Waits are left out: who waited is the scheduler's affair. Two runs
 * that only interleave independent roles differently have one form.
 */
export const causalForm = (events: readonly MachineEvent[]): readonly BareEvent[] => {
  const depths = new Depths();
  const paths = new Paths();
  const rows = events.flatMap((event) => {
    if (event.kind === "blocked") return [];
    const actor = actorOf(event, paths);
    if (event.kind === "forked") paths.fork(event.coroutine, event.children);
    const shown = bare(event, actor);
    return [{ depth: depths.of(event, actor), event: shown, bytes: encodeCanonical(shown) }];
  });
  rows.sort((a, b) => a.depth - b.depth || byBytes(a.bytes, b.bytes));
  return rows.map(({ event }) => event);
};
