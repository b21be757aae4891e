import {
  type SessionDeadline,
  type SessionRow,
  type StoredEntry,
  statusAfter,
  type TimerChange,
  timerChanges,
} from "@parley/wire";

type Armed = Extract<TimerChange, { readonly kind: "armed" }>;

interface Kept {
  row: SessionRow;
  readonly real: boolean;
  readonly timers: Map<string, Armed>;
}

const goes = (timer: Armed, change: TimerChange): boolean => {
  switch (change.kind) {
    case "armed":
    case "stopped":
      return timer.timer === change.timer;
    case "ended":
      return timer.coroutine === change.coroutine;
    case "left":
      return timer.role === change.role && timer.scopes.includes(change.scope);
    case "over":
      return true;
  }
};

/** The rows and deadlines of sessions as a fold of stored entries: what a store keeps beside its log. */
export class SessionRows {
  private readonly kept = new Map<string, Kept>();

  add({ stream, entry }: StoredEntry): void {
    const { input, events, seq, at } = entry;
    const first = input.kind === "open" || input.kind === "fork";
    const known = this.kept.get(stream);
    if (!first && known === undefined) return;
    const kept: Kept = known ?? {
      row: { stream, title: first ? input.title : "", status: "open", seq, at },
      real: input.kind === "open" && input.clock === "real",
      timers: new Map(),
    };
    this.kept.set(stream, kept);
    kept.row = { ...kept.row, seq, at, status: statusAfter(events) ?? kept.row.status };
    for (const change of timerChanges(entry)) {
      for (const timer of kept.timers.values()) if (goes(timer, change)) kept.timers.delete(timer.timer);
      if (change.kind === "armed") kept.timers.set(change.timer, change);
    }
  }

  rows(): readonly SessionRow[] {
    return [...this.kept.values()].map(({ row }) => row);
  }

  deadlines(): readonly SessionDeadline[] {
    return [...this.kept].flatMap(([stream, { real, timers }]) =>
      real && timers.size > 0
        ? [{ stream, deadline: Math.min(...[...timers.values()].map(({ deadline }) => deadline)) }]
        : [],
    );
  }
}
