import { APPLICATION_ID, type Connection } from "./connect.ts";
import type { Migration } from "./migrations.ts";
import type { StoreOpenError } from "./store-open-error.ts";

export type MigrateResult =
  | { readonly ok: true; readonly from: number; readonly to: number }
  | { readonly ok: false; readonly error: StoreOpenError };

interface Applied {
  readonly tag: string;
  readonly hash: string;
}

const TABLE =
  "CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, tag TEXT NOT NULL UNIQUE, hash TEXT NOT NULL)";

const hasTable = (db: Connection, name: string): boolean =>
  db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(name) !== undefined;

const isEmpty = (db: Connection): boolean =>
  db.prepare("SELECT count(*) FROM sqlite_schema").pluck().get() === 0;

const appliedOf = (db: Connection): readonly Applied[] =>
  hasTable(db, "migrations")
    ? db.prepare<[], Applied>("SELECT tag, hash FROM migrations ORDER BY number").all()
    : [];

/** Compares what a file has with what we have: its version, or why it is refused. */
export const inspectVersion = (
  db: Connection,
  known: readonly Migration[],
):
  | { readonly ok: true; readonly version: number }
  | { readonly ok: false; readonly error: StoreOpenError } => {
  if (db.pragma("application_id", { simple: true }) !== APPLICATION_ID && !isEmpty(db))
    return { ok: false, error: { kind: "foreign-file", file: db.name } };
  const applied = appliedOf(db);
  for (const [index, row] of applied.entries()) {
    const ours = known[index];
    if (ours === undefined || ours.tag !== row.tag) {
      const unknown = applied.slice(index).map(({ tag }) => tag);
      return { ok: false, error: { kind: "newer", found: applied.length, known: known.length, unknown } };
    }
    if (ours.hash !== row.hash) return { ok: false, error: { kind: "altered-migration", tag: row.tag } };
  }
  return { ok: true, version: applied.length };
};

/**
 * Brings a database to the newest version: every pending migration in one
 * transaction, recorded with its hash. Foreign keys are switched off outside
 * that transaction (inside it the pragma does nothing, and rebuilding a table
 * would cascade its deletes) and checked before the commit.
 */
export const migrate = (db: Connection, known: readonly Migration[]): MigrateResult => {
  const found = inspectVersion(db, known);
  if (!found.ok) return found;
  const pending = known.slice(found.version);
  if (pending.length === 0) return { ok: true, from: found.version, to: found.version };
  db.pragma("foreign_keys = OFF");
  try {
    db.exec("BEGIN IMMEDIATE");
    db.pragma(`application_id = ${APPLICATION_ID}`);
    db.exec(TABLE);
    const record = db.prepare("INSERT INTO migrations (tag, hash) VALUES (?, ?)");
    for (const { tag, hash, statements } of pending) {
      for (const statement of statements) db.exec(statement);
      record.run(tag, hash);
    }
    const broken = db.pragma("foreign_key_check") as readonly { readonly table: string }[];
    if (broken.length > 0) {
      const tables = [...new Set(broken.map(({ table }) => table))];
      return { ok: false, error: { kind: "broken-references", tables } };
    }
    db.exec("COMMIT");
    return { ok: true, from: found.version, to: known.length };
  } finally {
    if (db.inTransaction) db.exec("ROLLBACK");
    db.pragma("foreign_keys = ON");
  }
};
