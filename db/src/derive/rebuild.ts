import { decodeEntry, type Hash, hashText, type StoredEntry } from "@parley/wire";
import type { Connection } from "../store/connect.ts";
import { changeApplier } from "./apply-changes.ts";
import { deriveEntry } from "./derive-entry.ts";
import { derivedLook } from "./derived-look.ts";
import { DERIVED_VERSION, derivedTableNames as names } from "./derived-tables.ts";

/** What refolding the derived tables found. */
export interface RebuildReport {
  /** Names of the tables refolded, in order. */
  readonly tables: readonly string[];
  /** Rows in all of them afterwards. */
  readonly rows: number;
  /** Whether every table was, row for row, what the streams say. */
  readonly equal: boolean;
  /** The tables that were not. */
  readonly different: readonly string[];
}

/** A hash of a table's rows in the order of all their columns. */
const fingerprint = (db: Connection, table: string): { readonly rows: number; readonly hash: Hash } => {
  const width = db.prepare(`SELECT * FROM "${table}"`).columns().length;
  const order = Array.from({ length: width }, (_, index) => index + 1).join(", ");
  let hash: Hash = hashText("");
  let rows = 0;
  for (const row of db.prepare(`SELECT * FROM "${table}" ORDER BY ${order}`).raw().iterate()) {
    hash = hashText(hash + JSON.stringify(row));
    rows += 1;
  }
  return { rows, hash };
};

interface LogRow {
  readonly commit: number;
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly hash: string;
}

const PAGE = 1000;

/** Folds the whole log, in commit order, a page at a time so that memory stays flat. */
const refold = (db: Connection): void => {
  const apply = changeApplier(db);
  const look = derivedLook(db);
  const page = db.prepare<[number, number], LogRow>(
    `SELECT e."commit" AS "commit", s.name, e.bytes, lower(hex(e.hash)) AS hash FROM entries e
     JOIN streams s ON s.id = e.stream WHERE e."commit" > ? ORDER BY e."commit" LIMIT ?`,
  );
  for (let after = 0; ; ) {
    const rows = page.all(after, PAGE);
    for (const { commit, name, bytes, hash } of rows) {
      const decoded = decodeEntry(bytes);
      if (!decoded.ok) throw new Error(`entry ${commit}: ${decoded.error.kind}`);
      const stored: StoredEntry = { stream: name, entry: decoded.entry, bytes, hash, commit };
      for (const change of deriveEntry(stored, look)) apply(change);
      after = commit;
    }
    if (rows.length < PAGE) return;
  }
};

/** Drops every derived table's rows and refolds them from the streams, in one transaction, and says whether anything changed. */
export const rebuildDerived = (db: Connection): RebuildReport =>
  db
    .transaction((): RebuildReport => {
      const before = names.map((name) => fingerprint(db, name));
      for (const name of names) db.exec(`DELETE FROM "${name}"`);
      refold(db);
      const after = names.map((name) => fingerprint(db, name));
      db.prepare(
        "INSERT INTO meta (key, value) VALUES ('derived', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
      ).run(String(DERIVED_VERSION));
      const different = names.filter((_, index) => before[index]?.hash !== after[index]?.hash);
      return {
        tables: names,
        rows: after.reduce((sum, { rows }) => sum + rows, 0),
        equal: different.length === 0,
        different,
      };
    })
    .immediate();

/** Whether the derived tables were folded with this version of the derivation. */
export const isDerivedCurrent = (db: Connection): boolean =>
  db.prepare("SELECT value FROM meta WHERE key = 'derived'").pluck().get() === String(DERIVED_VERSION);
