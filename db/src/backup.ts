import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { connectReader, DATABASE_FILE } from "./store/connect.ts";
import { inspectVersion } from "./store/migrate.ts";
import { shippedMigrations } from "./store/migrations.ts";
import { storeErrorOf } from "./store/store-error-of.ts";
import type { StoreOpenError } from "./store/store-open-error.ts";

export type BackupError =
  | { readonly kind: "target-exists"; readonly path: string }
  | { readonly kind: "database"; readonly error: StoreOpenError };

export type BackupResult =
  | { readonly ok: true; readonly file: string; readonly version: number; readonly lastCommit: number }
  | { readonly ok: false; readonly error: BackupError };

const refused = (error: BackupError): BackupResult => ({ ok: false, error });

/** Waits until a file or folder is on disk, its name included. */
export const syncPath = (path: string): void => {
  const handle = openSync(path, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};

const copyInto = (folder: string, target: string): BackupResult => {
  const connection = connectReader(join(folder, DATABASE_FILE));
  const partial = `${target}.partial`;
  try {
    const found = inspectVersion(connection, shippedMigrations());
    if (!found.ok) return refused({ kind: "database", error: found.error });
    rmSync(partial, { force: true });
    connection.pragma("query_only = OFF");
    connection.prepare("VACUUM INTO ?").run(partial);
    syncPath(partial);
    renameSync(partial, target);
    syncPath(dirname(target));
  } finally {
    connection.close();
    rmSync(partial, { force: true });
  }
  const copy = connectReader(target);
  try {
    const version = copy.prepare<[], number>("SELECT count(*) FROM migrations").pluck().get() ?? 0;
    const lastCommit =
      copy.prepare<[], number>('SELECT coalesce(max("commit"), 0) FROM entries').pluck().get() ?? 0;
    return { ok: true, file: target, version, lastCommit };
  } finally {
    copy.close();
  }
};

/**
 * Copies the database of a data folder into one new file, as of one commit,
 * also while its owner goes on writing. The file appears under its name only
 * when it is whole and on disk; an existing file is never overwritten.
 */
export const backup = async (folder: string, file: string): Promise<BackupResult> => {
  const target = resolve(file);
  if (existsSync(target)) return refused({ kind: "target-exists", path: target });
  const source = join(resolve(folder), DATABASE_FILE);
  if (!existsSync(source)) return refused({ kind: "database", error: { kind: "absent", file: source } });
  try {
    return copyInto(resolve(folder), target);
  } catch (cause) {
    return refused({ kind: "database", error: { kind: "io", error: storeErrorOf(cause) } });
  }
};
