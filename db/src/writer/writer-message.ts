import type { AppendUnit, Draft, StoredSnapshot, StoreError, UnitResult } from "@parley/runtime/host";
import type { Hash, StreamKind } from "@parley/wire";
import type { RebuildReport } from "../derive/rebuild.ts";
import type { StoreOpenError } from "../store/store-open-error.ts";

/** An entry on its way to the writer: its bytes lie in the request's one buffer. */
export interface PackedEntry {
  readonly seq: number;
  readonly offset: number;
  readonly length: number;
  readonly hash: Hash;
}

export interface PackedAppend {
  readonly stream: string;
  readonly kind: StreamKind;
  readonly expectedSeq: number;
  readonly entries: readonly PackedEntry[];
}

export interface PackedUnit {
  readonly appends: readonly PackedAppend[];
  readonly idempotency?: AppendUnit["idempotency"];
  /** New streams whose entries lie in files, in order. */
  readonly staged?: readonly StagedStream[];
}

/** A stream put aside in a file: its entries one after the other, each with its hash. */
export interface StagedStream {
  readonly stream: string;
  readonly kind: StreamKind;
  readonly path: string;
}

/** What one caller asked for; several share a transaction. */
export type WriterJob =
  | { readonly kind: "append"; readonly units: readonly PackedUnit[] }
  | { readonly kind: "snapshot"; readonly snapshot: StoredSnapshot }
  | { readonly kind: "drop-snapshots" }
  | { readonly kind: "draft"; readonly draft: Omit<Draft, "revision">; readonly baseRevision: number };

export type DraftAnswer =
  | { readonly ok: true; readonly draft: Draft }
  | { readonly ok: false; readonly current: Draft | undefined };

/** The answer to the job at the same place; `undefined` for those that have none. */
export type JobAnswer = readonly UnitResult[] | DraftAnswer | undefined;

/**
 * An honest fault, for tests: a limit or a state SQLite itself then refuses by.
 * `full` caps the file at its present size, `readonly` forbids the writer to write.
 */
export type WriterFault = "full" | "readonly" | "none";

export type WriterRequest = { readonly id: number } & (
  | { readonly kind: "batch"; readonly jobs: readonly WriterJob[]; readonly buffer: ArrayBuffer }
  | { readonly kind: "rebuild" }
  | { readonly kind: "fault"; readonly fault: WriterFault }
  | { readonly kind: "close" }
);

export type WriterAnswer =
  | {
      readonly id: number;
      readonly ok: true;
      readonly kind: "batch";
      readonly answers: readonly JobAnswer[];
      /** What the transaction took before its commit, which is work, and what the commit took, which may be waiting. */
      readonly workMs: number;
      readonly commitMs: number;
    }
  | { readonly id: number; readonly ok: true; readonly kind: "rebuild"; readonly report: RebuildReport }
  | { readonly id: number; readonly ok: true; readonly kind: "done" }
  | { readonly id: number; readonly ok: false; readonly error: StoreError };

/** The first message of the writer: whether it opened and migrated the file. */
export type WriterReady =
  | { readonly ready: true; readonly version: number }
  | { readonly ready: false; readonly error: StoreOpenError };

export interface WriterOptions {
  readonly file: string;
  readonly busyTimeoutMs: number;
}
