import { existsSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { DraftStore, LogStore, StoreError } from "@parley/runtime/host";
import type { RebuildReport } from "./derive/rebuild.ts";
import type { DerivedQueries } from "./queries/derived-queries-port.ts";
import { lazyQueries } from "./queries/lazy-queries.ts";
import { dropStages, openStage } from "./stage/file-stage.ts";
import { type Connection, connectReader, DATABASE_FILE } from "./store/connect.ts";
import { type FolderLock, lockFolder } from "./store/folder-lock.ts";
import { logQueries } from "./store/log-queries.ts";
import { type LogReader, logReader } from "./store/log-reader.ts";
import { inspectVersion } from "./store/migrate.ts";
import { shippedMigrations } from "./store/migrations.ts";
import { storeErrorOf } from "./store/store-error-of.ts";
import type { StoreOpenError } from "./store/store-open-error.ts";
import { groupCommit, type WriterStats } from "./writer/group-commit.ts";
import { startWriter, type WriterClient } from "./writer/writer-client.ts";
import type { WriterFault } from "./writer/writer-message.ts";

export interface OpenStoreOptions {
  /** The data folder; created when it does not exist. */
  readonly folder: string;
  /** Read beside the owner, without lock or writer: every write is refused as `readonly`. */
  readonly readonly?: boolean;
  /** How long a write waits for a foreign lock before it is `locked`. */
  readonly busyTimeoutMs?: number;
}

/** The log, drafts and derived tables of one data folder, on SQLite. */
export interface OpenedStore extends LogStore, DraftStore {
  readonly folder: string;
  readonly file: string;
  /** How many migrations the database has. */
  readonly version: number;
  /** Typed, paged questions to the derived tables. */
  readonly queries: DerivedQueries;
  /** Refolds the derived tables from the streams; writes wait meanwhile. */
  rebuild(): Promise<RebuildReport>;
  stats(): WriterStats;
  /** For tests: makes SQLite refuse writes for a true reason, until `none`. */
  injectFault(fault: WriterFault): Promise<void>;
}

export type OpenStoreResult =
  | { readonly ok: true; readonly store: OpenedStore }
  | { readonly ok: false; readonly error: StoreOpenError };

const refused = (error: StoreOpenError): OpenStoreResult => ({ ok: false, error });

const readonlyError: StoreError = { kind: "readonly" };

interface Parts {
  readonly folder: string;
  readonly file: string;
  readonly version: number;
  readonly connection: Connection;
}

const readHalf = ({ folder, file, version, connection }: Parts) => {
  const reader: LogReader = logReader(connection);
  return { folder, file, version, ...reader, ...logQueries(connection), queries: lazyQueries(connection) };
};

const readonlyStore = (parts: Parts): OpenedStore => {
  const refuse = (): Promise<never> => Promise.reject(readonlyError);
  return {
    ...readHalf(parts),
    append: refuse,
    putSnapshot: refuse,
    dropSnapshots: refuse,
    putDraft: refuse,
    stage: refuse,
    rebuild: refuse,
    injectFault: refuse,
    stats: () => ({ batches: 0, units: 0, commitMs: [] }),
    close: async () => {
      parts.connection.close();
    },
  };
};

const writableStore = (parts: Parts, client: WriterClient, lock: FolderLock): OpenedStore => {
  const group = groupCommit(client);
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await group.idle();
    parts.connection.close();
    try {
      await client.send({ kind: "close" });
    } finally {
      lock.release();
    }
  };
  return {
    ...readHalf(parts),
    append: async (units) => {
      if (units.length === 0) return [];
      const answer = await group.submit({ kind: "append", units });
      if (!Array.isArray(answer)) throw new Error("an append was answered with something else");
      return answer;
    },
    putSnapshot: async (snapshot) => {
      await group.submit({ kind: "snapshot", snapshot });
    },
    dropSnapshots: async () => {
      await group.submit({ kind: "drop-snapshots" });
    },
    putDraft: async (draft, baseRevision) => {
      const answer = await group.submit({ kind: "draft", draft, baseRevision });
      if (answer === undefined || !("ok" in answer))
        throw new Error("a draft was answered with something else");
      return answer;
    },
    stage: async () => openStage(parts.folder),
    rebuild: async () => {
      await group.idle();
      const answer = await client.send({ kind: "rebuild" });
      if (answer.kind !== "rebuild") throw new Error(`a rebuild was answered with ${answer.kind}`);
      return answer.report;
    },
    injectFault: async (fault) => {
      await client.send({ kind: "fault", fault });
    },
    stats: group.stats,
    close: () => (closing ??= close()),
  };
};

const openReadonly = (folder: string, file: string, busyTimeoutMs: number): OpenStoreResult => {
  if (!existsSync(file)) return refused({ kind: "absent", file });
  const known = shippedMigrations();
  const connection = connectReader(file, busyTimeoutMs);
  const found = inspectVersion(connection, known);
  const current = found.ok && found.version === known.length;
  if (current)
    return { ok: true, store: readonlyStore({ folder, file, version: found.version, connection }) };
  connection.close();
  return refused(found.ok ? { kind: "outdated", found: found.version, known: known.length } : found.error);
};

const openWritable = async (
  folder: string,
  file: string,
  busyTimeoutMs: number,
): Promise<OpenStoreResult> => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const locked = lockFolder(folder);
  if (!locked.ok)
    return refused({ kind: "in-use", folder, ...(locked.pid === undefined ? {} : { pid: locked.pid }) });
  dropStages(folder);
  const writer = await startWriter({ file, busyTimeoutMs });
  if (!writer.ok) {
    locked.lock.release();
    return refused(writer.error);
  }
  const { client } = writer;
  const connection = connectReader(file, busyTimeoutMs);
  return {
    ok: true,
    store: writableStore({ folder, file, version: client.version, connection }, client, locked.lock),
  };
};

/**
 * Opens the store of a data folder for this process alone (or read-only beside
 * its owner), migrating an older database first. Everything that can go wrong
 * is an answer: in use, newer, foreign, io.
 *
 * @example
 * const opened = await openStore({ folder: dataFolder() });
 * if (!opened.ok) throw new Error(describeOpenError(opened.error));
 */
export const openStore = async (options: OpenStoreOptions): Promise<OpenStoreResult> => {
  const folder = resolve(options.folder);
  const file = join(folder, DATABASE_FILE);
  const busyTimeoutMs = options.busyTimeoutMs ?? 5000;
  try {
    return options.readonly === true
      ? openReadonly(folder, file, busyTimeoutMs)
      : await openWritable(folder, file, busyTimeoutMs);
  } catch (cause) {
    return refused({ kind: "io", error: storeErrorOf(cause) });
  }
};
