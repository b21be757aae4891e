import type { HostError } from "../host-error.ts";
import type { LogStore } from "../ports.ts";
import { foldSession } from "./fold-session.ts";
import { newSessionCell, type SessionCell } from "./session-cell.ts";

export type LoadedCell =
  | { readonly ok: true; readonly cell: SessionCell }
  | { readonly ok: false; readonly error: HostError };

/** The sessions held in memory: the most recently used, and all with units on their way. */
export interface SessionCells {
  /** The live cell of a session, folded from its log when it is not in memory. */
  load(stream: string): Promise<LoadedCell>;
  /** The cell if it is in memory. */
  peek(stream: string): SessionCell | undefined;
  add(cell: SessionCell): void;
  drop(stream: string): void;
}

export const createSessionCells = (store: LogStore, limit: number): SessionCells => {
  // A Map keeps insertion order, so its first key is the least recently used.
  const cells = new Map<string, SessionCell>();
  const loading = new Map<string, Promise<LoadedCell>>();

  const touch = (cell: SessionCell): void => {
    cells.delete(cell.stream);
    cells.set(cell.stream, cell);
    if (cells.size <= limit) return;
    for (const [stream, other] of cells) {
      if (other.pending > 0 || other === cell) continue;
      cells.delete(stream);
      if (cells.size <= limit) return;
    }
  };

  const fold = async (stream: string): Promise<LoadedCell> => {
    const folded = await foldSession(store, stream);
    if (!folded.ok) {
      // A stream of another kind is no session that can only be read.
      const other = folded.kind !== "missing" && (await store.head(stream))?.kind !== "session";
      const error: HostError =
        folded.kind === "missing" || other
          ? { code: "PAR7001", kind: "not-found", what: "session", id: stream }
          : { code: "PAR7501", kind: "read-only-session", session: stream, why: folded.why };
      return { ok: false, error };
    }
    const cell = newSessionCell(folded.state);
    touch(cell);
    return { ok: true, cell };
  };

  return {
    load: async (stream) => {
      const known = cells.get(stream);
      if (known !== undefined) {
        touch(known);
        return { ok: true, cell: known };
      }
      const started = loading.get(stream);
      if (started !== undefined) return started;
      const loaded = fold(stream).finally(() => loading.delete(stream));
      loading.set(stream, loaded);
      return loaded;
    },
    peek: (stream) => cells.get(stream),
    add: touch,
    drop: (stream) => void cells.delete(stream),
  };
};
