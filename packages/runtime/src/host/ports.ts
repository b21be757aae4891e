/**
 * What the host needs from outside. Implemented on Node by `packages/node` and
 * `db`, in memory by `host/memory-store.ts` (the one used in tests and the
 * browser). One contract suite runs against every `LogStore`.
 */
import type { Hash, SessionDeadline, SessionRow, StoredEntry, StreamKind } from "@parley/wire";
import type { BudgetChange } from "@parley/wire/http";

/** Session time in ms since the epoch. */
export interface ClockPort {
  now(): number;
}

/** Random bytes; the seeded one is public for tests and simulations. */
export interface RandomPort {
  bytes(count: number): Uint8Array;
}

/** Entries to add to one stream, refused whole unless its head is `expectedSeq` (-1 for a new stream). */
export interface StreamAppend {
  readonly stream: string;
  readonly kind: StreamKind;
  readonly expectedSeq: number;
  readonly entries: readonly { readonly seq: number; readonly bytes: Uint8Array; readonly hash: Hash }[];
}

/** The answer kept for a repeated command (model §2.8), in the same transaction as its entries. */
export interface IdempotencyRow {
  readonly actor: string;
  readonly key: string;
  readonly requestHash: Hash;
  /** JSON text of the answer. */
  readonly answer: string;
  readonly commit: number;
  readonly at: number;
}

/** One entry on its way to a stream. */
export type AppendEntry = StreamAppend["entries"][number];

/**
 * Whole streams put aside, outside the log, until a unit takes them in: what
 * is too much for one message, and is not to be there by half.
 */
export interface Stage {
  /** Adds the next entries of a stream that is not in the log. */
  add(stream: string, kind: StreamKind, entries: readonly AppendEntry[]): Promise<void>;
  /** Forgets all that was put aside; what a unit took in stays. */
  drop(): Promise<void>;
}

/** One input: all its appends or none. */
export interface AppendUnit {
  readonly appends: readonly StreamAppend[];
  /** New streams taken in from a stage of the same store, before the appends. Their commits are not answered. */
  readonly staged?: { readonly stage: Stage; readonly streams: readonly string[] };
  readonly idempotency?: Omit<IdempotencyRow, "commit">;
}

export type StoreError =
  | { readonly kind: "stale"; readonly stream: string; readonly expected: number; readonly actual: number }
  | { readonly kind: "full" }
  | { readonly kind: "readonly" }
  | { readonly kind: "locked" }
  | { readonly kind: "failed"; readonly reason: string };

export type UnitResult =
  /** `commits[i][j]` is the commit number of entry j of append i. */
  | { readonly ok: true; readonly commits: readonly (readonly number[])[] }
  | { readonly ok: false; readonly error: StoreError };

export interface StreamHead {
  readonly kind: StreamKind;
  readonly seq: number;
  readonly hash: Hash;
  readonly commit: number;
}

/** A cached fold (model §1.5); ignored when `entryHash` is not the chain's. */
export interface StoredSnapshot {
  readonly stream: string;
  readonly seq: number;
  readonly semantics: number;
  readonly entryHash: Hash;
  readonly bytes: Uint8Array;
}

/** Narrows receipts; seqs are those of the authority's stream. */
export interface ReceiptQuery {
  readonly id?: Hash | undefined;
  readonly authority?: string | undefined;
  readonly context?: string | undefined;
  readonly peer?: string | undefined;
  readonly session?: string | undefined;
  /** Only those of earlier entries are listed; all are counted. */
  readonly before?: number | undefined;
  /** The last entry that counts. */
  readonly until?: number | undefined;
  readonly limit: number;
}

/** Where a receipt stands: the entry that settled it and the place in its batch. */
export interface ReceiptPlace {
  readonly id: Hash;
  readonly authority: string;
  readonly seq: number;
  readonly index: number;
  /** The receipt before it of its context and peer. */
  readonly previous?: { readonly id: Hash; readonly epoch: number; readonly nonce: number };
}

/** A place in the chain of a pair: taken by whoever has the same nonce of the epoch, or follows the same receipt. */
export interface ChainPlace {
  readonly authority: string;
  readonly context: string;
  readonly peer: string;
  readonly epoch: number;
  readonly nonce: number;
  readonly prev: Hash;
}

/** Narrows the history of an authority's budgets. */
export interface BudgetQuery {
  readonly authority: string;
  readonly context?: string | undefined;
  readonly peer?: string | undefined;
  /** Only changes of earlier entries. */
  readonly before?: number | undefined;
  /** The last entry that counts. */
  readonly until: number;
  readonly limit: number;
}

/** Narrows the facts of a context or an authority. */
export interface FactQuery {
  readonly stream: string;
  /** These alone. */
  readonly ids?: readonly Hash[] | undefined;
  readonly type?: string | undefined;
  /** Who added it. */
  readonly by?: string | undefined;
  /** ms, both ends counted; facts without such a time are out. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  /** The last entry that counts. */
  readonly position: number;
  readonly from: number;
  /** All when absent. */
  readonly limit?: number | undefined;
}

/**
 * What is asked across entries of a stream: read off tables derived in the
 * transactions of the entries, or folded. Either gives the same answers.
 */
export interface LogQueries {
  /** Newest first; `total` counts all that fit. */
  receipts(query: ReceiptQuery): Promise<{ readonly items: readonly ReceiptPlace[]; readonly total: number }>;
  /** The first receipt at a place of a chain. */
  receiptTaking(place: ChainPlace): Promise<ReceiptPlace | undefined>;
  /** The last changes that fit, oldest first; `more` when others come before them. */
  budgetChanges(
    query: BudgetQuery,
  ): Promise<{ readonly items: readonly BudgetChange[]; readonly more: boolean }>;
  /** Facts by order, then id, each with the entry that first brought it; `total` counts all that fit. */
  factPlaces(query: FactQuery): Promise<{
    readonly items: readonly { readonly id: Hash; readonly seq: number }[];
    readonly total: number;
  }>;
  /** Contexts whose replicas were ever kept apart: only there can they differ. Sorted. */
  partedContexts(): Promise<readonly string[]>;
}

/**
 * The log. `append` is one batch, one transaction, one savepoint per unit
 * (model §1.7): a unit that fails leaves the others standing; a commit that
 * fails rejects with a `StoreError` and nothing of the batch happened.
 * A promise resolves only when the batch is durable. Batches are carried out
 * and answered in the order they were handed over, so one may build on another
 * that is still on its way.
 */
export interface LogStore extends LogQueries {
  append(units: readonly AppendUnit[]): Promise<readonly UnitResult[]>;
  head(stream: string): Promise<StreamHead | undefined>;
  /** Entries with `from <= seq`, at most `limit`, in order. */
  read(stream: string, from: number, limit: number): Promise<readonly StoredEntry[]>;
  /** Entries of every stream with `commit > after`, at most `limit`, in commit order: what live views resume by. */
  readCommits(after: number, limit: number): Promise<readonly StoredEntry[]>;
  lastCommit(): Promise<number>;
  streams(kind: StreamKind): Promise<readonly { readonly stream: string; readonly head: StreamHead }[]>;
  /** Every session as lists show it, derived in the transactions of its entries: nothing is folded. */
  sessionRows(): Promise<readonly SessionRow[]>;
  /** The first deadline of every session on a real clock that has one, derived likewise. */
  deadlines(): Promise<readonly SessionDeadline[]>;
  idempotency(actor: string, key: string): Promise<IdempotencyRow | undefined>;
  /** Latest snapshot with `seq <= at`. */
  snapshot(stream: string, at: number): Promise<StoredSnapshot | undefined>;
  putSnapshot(snapshot: StoredSnapshot): Promise<void>;
  dropSnapshots(): Promise<void>;
  /** A place to put streams aside in. */
  stage(): Promise<Stage>;
  close(): Promise<void>;
}

/** A draft is a mutable buffer beside the log: the text of the open editor, guarded by its revision. */
export interface Draft {
  readonly protocol: string;
  readonly source: string;
  readonly revision: number;
  readonly at: number;
}

export interface DraftStore {
  draft(protocol: string): Promise<Draft | undefined>;
  /** Refused (`stale`) unless the stored revision is `baseRevision` (0 for none). */
  putDraft(
    draft: Omit<Draft, "revision">,
    baseRevision: number,
  ): Promise<
    { readonly ok: true; readonly draft: Draft } | { readonly ok: false; readonly current: Draft | undefined }
  >;
}
