import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { syncPath } from "./backup.ts";
import { type Connection, connectReader, DATABASE_FILE } from "./store/connect.ts";
import { logReader } from "./store/log-reader.ts";
import { inspectVersion } from "./store/migrate.ts";
import { shippedMigrations } from "./store/migrations.ts";
import { storeErrorOf } from "./store/store-error-of.ts";
import type { StoreOpenError } from "./store/store-open-error.ts";
import { verifyChain } from "./verify-chain.ts";

export type RestoreError =
  | { readonly kind: "folder-not-empty"; readonly folder: string }
  /** SQLite's own check of the file failed; `findings` are its words. */
  | { readonly kind: "damaged"; readonly findings: readonly string[] }
  /** The file is whole but a stream's hash chain does not hold. */
  | { readonly kind: "broken-chain"; readonly stream: string; readonly seq: number }
  | { readonly kind: "database"; readonly error: StoreOpenError };

export type RestoreResult =
  | { readonly ok: true; readonly folder: string; readonly streams: number; readonly entries: number }
  | { readonly ok: false; readonly error: RestoreError };

const refused = (error: RestoreError): RestoreResult => ({ ok: false, error });

const damageOf = (connection: Connection): readonly string[] => {
  const lines = connection.pragma("integrity_check") as readonly { readonly integrity_check: string }[];
  const dangling = connection.pragma("foreign_key_check") as readonly { readonly table: string }[];
  return [
    ...lines.map((line) => line.integrity_check).filter((line) => line !== "ok"),
    ...dangling.map(({ table }) => `a row of ${table} refers to nothing`),
  ];
};

/** Everything that must hold of a backup before it becomes a data folder. */
const inspect = async (connection: Connection, folder: string): Promise<RestoreResult> => {
  const found = inspectVersion(connection, shippedMigrations());
  if (!found.ok) return refused({ kind: "database", error: found.error });
  const findings = damageOf(connection);
  if (findings.length > 0) return refused({ kind: "damaged", findings });
  const reader = logReader(connection);
  const names = connection.prepare<[], string>("SELECT name FROM streams ORDER BY id").pluck().all();
  let entries = 0;
  for (const stream of names) {
    const verdict = await verifyChain(reader, stream);
    if (!verdict.ok) return refused({ kind: "broken-chain", stream, seq: verdict.seq });
    entries += verdict.entries;
  }
  return { ok: true, folder, streams: names.length, entries };
};

/**
 * Makes a data folder out of a backup, after checking its version, its
 * integrity and every hash chain. A folder that holds anything is refused, and
 * a refused file leaves no folder behind that was not there. An older backup
 * migrates when it is opened.
 */
export const restore = async (file: string, folder: string): Promise<RestoreResult> => {
  const source = resolve(file);
  const target = resolve(folder);
  if (!existsSync(source)) return refused({ kind: "database", error: { kind: "absent", file: source } });
  try {
    if (existsSync(target) && readdirSync(target).length > 0)
      return refused({ kind: "folder-not-empty", folder: target });
    const connection = connectReader(source);
    let inspected: RestoreResult;
    try {
      inspected = await inspect(connection, target);
    } finally {
      connection.close();
    }
    if (!inspected.ok) return inspected;
    mkdirSync(target, { recursive: true, mode: 0o700 });
    const partial = join(target, `${DATABASE_FILE}.partial`);
    try {
      copyFileSync(source, partial);
      syncPath(partial);
      renameSync(partial, join(target, DATABASE_FILE));
      syncPath(target);
    } finally {
      rmSync(partial, { force: true });
    }
    return inspected;
  } catch (cause) {
    return refused({ kind: "database", error: { kind: "io", error: storeErrorOf(cause) } });
  }
};
