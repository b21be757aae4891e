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

/** How much may be held at once. */
export interface CellLimits {
  readonly sessions: number;
  /** Coroutines and edges of all of them: a session of ten thousand roles weighs as much as thousands of two. */
  readonly parts: number;
}

const partsOf = ({ state }: SessionCell): number => {
  const { coroutines, sessions } = state.machine;
  let parts = coroutines.size;
  for (const { edges } of sessions.values()) parts += edges.length;
  return parts;
};

/** `evicted` is told of every session let go because others are used more. */
export const createSessionCells = (
  store: LogStore,
  limits: CellLimits,
  evicted: (stream: string) => void = () => undefined,
): SessionCells => {
  // A Map keeps insertion order, so its first key is the least recently used.
  const cells = new Map<string, SessionCell>();
  /** Parts of each cell as it came in, and of all. */
  const weights = new Map<string, number>();
  let weight = 0;
  const loading = new Map<string, Promise<LoadedCell>>();

  const isOver = (): boolean => cells.size > limits.sessions || weight > limits.parts;

  const forget = (stream: string): void => {
    cells.delete(stream);
    weight -= weights.get(stream) ?? 0;
    weights.delete(stream);
  };

  const touch = (cell: SessionCell): void => {
    const known = cells.get(cell.stream) === cell;
    if (known) cells.delete(cell.stream);
    else {
      forget(cell.stream);
      const parts = partsOf(cell);
      weights.set(cell.stream, parts);
      weight += parts;
    }
    cells.set(cell.stream, cell);
    if (!isOver()) return;
    for (const [stream, other] of cells) {
      if (other.pending > 0 || other === cell) continue;
      forget(stream);
      evicted(stream);
      if (!isOver()) return;
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
    drop: forget,
  };
};
