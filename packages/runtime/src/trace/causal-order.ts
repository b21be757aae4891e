import type { MachineEvent } from "@parley/wire";

/** An event where it stands in a log: position, and place within its entry. */
export interface TracedEvent {
  readonly seq: number;
  readonly event: MachineEvent;
}

/** Why one event comes before another. */
export type Cause =
  /** The same role (or parallel arm) did it before. */
  | { readonly kind: "before"; readonly index: number }
  /** The message that was received, chosen by or discarded. */
  | { readonly kind: "message"; readonly index: number }
  /** The fork that started an arm, or the last event of an arm that was joined. */
  | { readonly kind: "arm"; readonly index: number }
  /** The timer that ran out, or for that the entering of its scope. */
  | { readonly kind: "timer"; readonly index: number };

/** Happens-before over the events of one session. Indices are those of the list it was made from. */
export interface CausalOrder {
  /** Direct causes, the role's own last event first. */
  causes(index: number): readonly Cause[];
  /** Everything that had to happen for this event, itself included. */
  past(index: number): ReadonlySet<number>;
}

/** The strand an event belongs to: a role, or one of its parallel arms. */
const strandOf = (event: MachineEvent): string | undefined => {
  switch (event.kind) {
    case "sent":
    case "offered":
      return strand(event.edge.sid, event.edge.from, event.endpoint);
    case "received":
    case "chose":
      return strand(event.edge.sid, event.edge.to, event.endpoint);
    case "discarded":
      return strand(event.edge.sid, event.edge.to, undefined);
    case "performed":
    case "decided":
    case "entered":
    case "left":
    case "blocked":
      return strand(0, event.role, event.endpoint);
    case "forked":
    case "joined":
    case "halted":
    case "faulted":
    case "invoked":
    case "paused":
    case "resumed":
      return strand(0, event.role, undefined);
    default:
      return undefined;
  }
};

const strand = (sid: number, role: string, endpoint: string | undefined): string =>
  JSON.stringify([sid, role, endpoint ?? ""]);

/** The strand a parallel arm was started from: `1.0` → `1`, `1` → the role itself. */
const parentOf = (key: string): string | undefined => {
  const [sid, role, path] = JSON.parse(key) as [number, string, string];
  if (path === "") return undefined;
  const dot = path.lastIndexOf(".");
  return strand(sid, role, dot < 0 ? "" : path.slice(0, dot));
};

const frameKey = (edge: { sid: number; from: string; to: string }, seq: number): string =>
  JSON.stringify([edge.sid, edge.from, edge.to, seq]);

class Builder {
  readonly causes: Cause[][] = [];
  private readonly last = new Map<string, number>();
  private readonly sends = new Map<string, number>();
  private readonly timers = new Map<string, number>();
  /** Where each timer was set, and which timer belongs to a strand's lap of a scope. */
  private readonly armed = new Map<string, number>();
  private readonly timerOf = new Map<string, string>();

  add(index: number, event: MachineEvent): void {
    const own: Cause[] = [];
    const key = strandOf(event);
    if (key !== undefined) {
      const before = this.last.get(key);
      if (before !== undefined) own.push({ kind: "before", index: before });
      else this.startOfArm(key, own);
      if (event.kind === "joined") this.armsOf(key, own);
      this.last.set(key, index);
    }
    if (event.kind === "sent") this.sends.set(frameKey(event.edge, event.seq), index);
    if (event.kind === "received" || event.kind === "discarded") {
      const sent = this.sends.get(frameKey(event.edge, event.seq));
      if (sent !== undefined) own.push({ kind: "message", index: sent });
    }
    if (event.kind === "entered" || event.kind === "expired" || event.kind === "left")
      this.addTimer(index, event, own);
    this.causes.push(own);
  }

  private addTimer(
    index: number,
    event: Extract<MachineEvent, { readonly kind: "entered" | "expired" | "left" }>,
    own: Cause[],
  ): void {
    if (event.kind === "expired") {
      const set = this.armed.get(event.timer);
      if (set !== undefined) own.push({ kind: "timer", index: set });
      this.timers.set(event.timer, index);
      return;
    }
    const lap = JSON.stringify([event.role, event.endpoint ?? "", event.scope, event.lap]);
    if (event.kind === "entered") {
      this.timerOf.set(lap, event.timer);
      if (event.deadline !== undefined) this.armed.set(event.timer, index);
      return;
    }
    const id = this.timerOf.get(lap) ?? `${event.scope}#${event.lap}`;
    const timer = event.outcome === "timeout" ? this.timers.get(id) : undefined;
    if (timer !== undefined) own.push({ kind: "timer", index: timer });
  }

  private startOfArm(key: string, own: Cause[]): void {
    const parent = parentOf(key);
    const fork = parent === undefined ? undefined : this.last.get(parent);
    if (fork !== undefined) own.push({ kind: "arm", index: fork });
  }

  private armsOf(key: string, own: Cause[]): void {
    for (const [other, index] of this.last) {
      if (other !== key && parentOf(other) === key) own.push({ kind: "arm", index });
    }
  }
}

/**
 * Works out what had to happen before what: each role's own order, messages,
 * parallel arms and timers. Everything else is concurrent.
 *
 * @example causalOrder(events).past(events.length - 1)
 */
export const causalOrder = (events: readonly TracedEvent[]): CausalOrder => {
  const builder = new Builder();
  events.forEach(({ event }, index) => {
    builder.add(index, event);
  });
  const { causes } = builder;
  return {
    causes: (index) => causes[index] ?? [],
    past: (index) => {
      const found = new Set<number>([index]);
      const work = [index];
      for (let at = work.pop(); at !== undefined; at = work.pop()) {
        for (const cause of causes[at] ?? []) {
          if (found.has(cause.index)) continue;
          found.add(cause.index);
          work.push(cause.index);
        }
      }
      return found;
    },
  };
};
