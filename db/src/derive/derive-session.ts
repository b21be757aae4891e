import {
  type Entry,
  type ForkPin,
  type SessionPin,
  type StoredEntry,
  statusAfter,
  type TimerChange,
  timerChanges,
} from "@parley/wire";
import type { DerivedChange } from "./derived-change.ts";

const timerRow = (session: string, change: TimerChange): DerivedChange => {
  const drop = { op: "drop", table: "timers" } as const;
  switch (change.kind) {
    case "armed": {
      const { kind: _kind, ...timer } = change;
      return { op: "put", table: "timers", row: { session, ...timer } };
    }
    case "stopped":
      return { ...drop, key: { session, timer: change.timer } };
    case "ended":
      return { ...drop, key: { session, coroutine: change.coroutine } };
    case "left":
      return { ...drop, key: { session, role: change.role }, containing: { scopes: change.scope } };
    case "over":
      return { ...drop, key: { session } };
  }
};

const timerRows = (session: string, entry: Entry): readonly DerivedChange[] =>
  timerChanges(entry).map((change) => timerRow(session, change));

const seatRows = (pin: SessionPin, session: string): readonly DerivedChange[] =>
  pin.seats.map(({ role, authority, device }) => ({
    op: "put",
    table: "seats",
    row: { session, role, authority, device },
  }));

/** Entry 0 of a session that was opened: everything it pins that lists show. */
export const deriveOpen = (stored: StoredEntry, pin: SessionPin): readonly DerivedChange[] => [
  {
    op: "put",
    table: "sessions",
    row: {
      id: stored.stream,
      title: pin.title,
      protocol: pin.protocol,
      version: pin.version,
      image: pin.image,
      semantics: pin.semantics,
      policy: pin.policy,
      drive: pin.drive,
      clock: pin.clock,
      ...firstEntry(stored),
    },
  },
  ...seatRows(pin, stored.stream),
  ...timerRows(stored.stream, stored.entry),
];

/** Entry 0 of a what-if; what it shares with its parent is registered by the workspace. Its clock is manual (model §2.6). */
export const deriveFork = (stored: StoredEntry, pin: ForkPin): readonly DerivedChange[] => [
  {
    op: "put",
    table: "sessions",
    row: {
      id: stored.stream,
      title: pin.title,
      parent: pin.parent,
      forkSeq: pin.at,
      clock: "manual",
      ...firstEntry(stored),
    },
  },
];

const firstEntry = ({ entry, commit }: StoredEntry) => ({
  status: statusAfter(entry.events) ?? ("open" as const),
  seq: entry.seq,
  created: entry.at,
  updated: entry.at,
  head: commit,
});

/** Any later entry of a session: where it stands now. */
export const deriveStep = ({ stream, entry, commit }: StoredEntry): readonly DerivedChange[] => {
  const status = statusAfter(entry.events);
  return [
    {
      op: "patch",
      table: "sessions",
      key: { id: stream },
      set: { seq: entry.seq, updated: entry.at, head: commit, ...(status === undefined ? {} : { status }) },
    },
    ...timerRows(stream, entry),
  ];
};
