import type { Entry, Hash, StoredEntry, StreamKind } from "@parley/wire";
import type { AppendUnit, IdempotencyRow, StreamAppend } from "../ports.ts";
import type { Cell } from "./cell.ts";

interface Built {
  readonly entry: Entry;
  readonly bytes: Uint8Array;
  readonly hash: Hash;
}

/** The entries one command adds to one stream, and the state they lead to. */
export interface UnitPart {
  readonly append: StreamAppend;
  readonly entries: readonly Built[];
  /** Makes the state after these entries the durable one. */
  settle(): void;
  /** Forgets what is not durable. */
  revert(): void;
  /** What counts units on their way on this stream. */
  readonly cell: { pending: number };
}

/** One command: all its parts are written or none. */
export interface Unit {
  readonly parts: readonly UnitPart[];
  readonly idempotency?: Omit<IdempotencyRow, "commit">;
  /** New streams it takes in from a stage; nothing here waits for them. */
  readonly staged?: NonNullable<AppendUnit["staged"]>;
}

interface PartSource<S> {
  readonly stream: string;
  readonly kind: StreamKind;
  readonly cell: Cell<S>;
  /** In order; each with the state after it. */
  readonly prepared: readonly (Built & { readonly state: S })[];
}

/** Makes the entries part of a unit, and their last state the tentative one. */
export const unitPart = <S>(source: PartSource<S>): UnitPart | undefined => {
  const { cell, prepared } = source;
  const first = prepared[0];
  const last = prepared.at(-1);
  if (first === undefined || last === undefined) return undefined;
  cell.tentative = last.state;
  return {
    append: {
      stream: source.stream,
      kind: source.kind,
      expectedSeq: first.entry.seq - 1,
      entries: prepared.map(({ entry, bytes, hash }) => ({ seq: entry.seq, bytes, hash })),
    },
    entries: prepared,
    settle: () => {
      cell.durable = last.state;
    },
    revert: () => {
      cell.tentative = cell.durable;
    },
    cell,
  };
};

/** The stored form of a part's entries once their commit numbers are known. */
export const storedEntries = (part: UnitPart, commits: readonly number[]): readonly StoredEntry[] =>
  part.entries.map(({ entry, bytes, hash }, index) => ({
    stream: part.append.stream,
    entry,
    bytes,
    hash,
    commit: commits[index] ?? 0,
  }));
