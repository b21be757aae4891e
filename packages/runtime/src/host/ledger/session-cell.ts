import type { StreamAppend } from "../ports.ts";
import type { SessionEntry } from "../session/session-entry.ts";
import type { SessionState } from "../session/session-state.ts";
import type { UnitPart } from "./unit.ts";

/**
 * A hosted session in memory. Its state is mutable and runs ahead of the disk
 * while units are on their way; `durable` is the last position a view may
 * show. A failed write drops the cell: the next command folds the log again.
 */
export interface SessionCell {
  readonly stream: string;
  state: SessionState;
  durable: number;
  pending: number;
  dropped: boolean;
}

export const newSessionCell = (state: SessionState, durable = state.position): SessionCell => ({
  stream: state.stream,
  state,
  durable,
  pending: 0,
  dropped: false,
});

/** The entries of one command on a session's own stream; `position` is the cell's after them. */
export const sessionPart = (
  cell: SessionCell,
  entries: readonly SessionEntry[],
  position: number,
  hooks: { readonly settled: () => void; readonly reverted: () => void },
): UnitPart => {
  const append: StreamAppend = {
    stream: cell.stream,
    kind: "session",
    expectedSeq: (entries[0]?.entry.seq ?? 0) - 1,
    entries: entries.map(({ entry, bytes, hash }) => ({ seq: entry.seq, bytes, hash })),
  };
  return {
    append,
    entries,
    cell,
    settle: () => {
      cell.durable = position;
      hooks.settled();
    },
    revert: () => {
      cell.dropped = true;
      hooks.reverted();
    },
  };
};
