import type { ForkPin, MachineEvent, SessionPin, StoredEntry } from "@parley/wire";
import type { DerivedChange } from "./derived-change.ts";

export type SessionStatus = "open" | "completed" | "faulted" | "cancelled" | "closed";

/** A hosted session has its own machine, whose first session it is (model §2.1). */
const HOSTED_SID = 0;

/** The status the events of one entry leave the session in; undefined when they say nothing of it. */
export const statusAfter = (events: readonly MachineEvent[]): SessionStatus | undefined => {
  let status: SessionStatus | undefined;
  for (const event of events) {
    if (event.kind === "faulted") status = "faulted";
    else if (event.kind === "completed" || event.kind === "cancelled" || event.kind === "closed")
      status = event.sid === HOSTED_SID ? event.kind : status;
  }
  return status;
};

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
  ];
};
