import { readFileSync } from "node:fs";
import { join } from "node:path";
import { chainBuilder } from "@parley/runtime/testing";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { openStore } from "../open-store.ts";
import { openForTest } from "../testing/open-for-test.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { connectWriter, DATABASE_FILE } from "./connect.ts";
import { migrate } from "./migrate.ts";
import { migrationOf, shippedMigrations } from "./migrations.ts";

const known = shippedMigrations();

const tables = migrationOf(
  "0000_tables",
  `CREATE TABLE parent (id INTEGER PRIMARY KEY);
--> statement-breakpoint
CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER NOT NULL REFERENCES parent(id) ON DELETE CASCADE)`,
);

const withRows = () => {
  const db = connectWriter(join(temporaryFolder(), "x.db"));
  expect(migrate(db, [tables])).toEqual({ ok: true, from: 0, to: 1 });
  db.exec("INSERT INTO parent VALUES (1); INSERT INTO child VALUES (1, 1)");
  return db;
};

describe("migrating", () => {
  test("rebuilding a parent table, as drizzle-kit does, cascades nothing away", () => {
    const db = withRows();
    const rebuild = migrationOf(
      "0001_rebuild",
      `CREATE TABLE __new_parent (id INTEGER PRIMARY KEY, name TEXT);
--> statement-breakpoint
INSERT INTO __new_parent (id) SELECT id FROM parent;
--> statement-breakpoint
DROP TABLE parent;
--> statement-breakpoint
ALTER TABLE __new_parent RENAME TO parent`,
    );
    expect(migrate(db, [tables, rebuild])).toEqual({ ok: true, from: 1, to: 2 });
    expect(db.prepare("SELECT count(*) FROM child").pluck().get()).toBe(1);
    expect(db.pragma("foreign_keys", { simple: true })).toBe(1);
    db.close();
  });

  test("a migration that leaves dangling rows is rolled back whole and named", () => {
    const db = withRows();
    const bad = migrationOf(
      "0001_bad",
      "CREATE TABLE more (x);\n--> statement-breakpoint\nDELETE FROM parent",
    );
    expect(migrate(db, [tables, bad])).toEqual({
      ok: false,
      error: { kind: "broken-references", tables: ["child"] },
    });
    expect(db.prepare("SELECT count(*) FROM parent").pluck().get()).toBe(1);
    expect(db.prepare("SELECT count(*) FROM migrations").pluck().get()).toBe(1);
    expect(db.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'more'").pluck().get()).toBe(0);
    db.close();
  });

  test("a migration that fails leaves nothing of those before it in the same run", () => {
    const db = withRows();
    const good = migrationOf("0001_good", "CREATE TABLE more (x)");
    const broken = migrationOf("0002_broken", "CREATE TABLE more (x)");
    expect(() => migrate(db, [tables, good, broken])).toThrow("already exists");
    expect(db.prepare("SELECT count(*) FROM migrations").pluck().get()).toBe(1);
    expect(db.inTransaction).toBe(false);
    db.close();
  });
});

describe("opening a database of another version", () => {
  test("one of version 1 migrates to the newest, and is append-only afterwards", async () => {
    const folder = temporaryFolder();
    const db = connectWriter(join(folder, DATABASE_FILE));
    expect(migrate(db, known.slice(0, 1))).toEqual({ ok: true, from: 0, to: 1 });
    db.close();
    expect(await openStore({ folder, readonly: true })).toEqual({
      ok: false,
      error: { kind: "outdated", found: 1, known: known.length },
    });
    const store = await openForTest({ folder });
    expect(store.version).toBe(known.length);
    await store.append([{ appends: [chainBuilder("a", "session").append({ input: { kind: "advance" } })] }]);
    await store.close();
    const after = new Database(join(folder, DATABASE_FILE));
    expect(() => after.exec("DELETE FROM entries")).toThrow("append-only");
    after.close();
  });

  test("a newer one is refused by name and left byte for byte as it was", async () => {
    const folder = temporaryFolder();
    const file = join(folder, DATABASE_FILE);
    const db = new Database(file);
    migrate(db, [...known, migrationOf("9999_future", "CREATE TABLE future (x)")]);
    db.close();
    const before = readFileSync(file);
    const error = { kind: "newer", found: known.length + 1, known: known.length, unknown: ["9999_future"] };
    expect(await openStore({ folder })).toEqual({ ok: false, error });
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test("one made by another form of a migration is refused", async () => {
    const folder = temporaryFolder();
    const db = new Database(join(folder, DATABASE_FILE));
    migrate(db, [migrationOf(known[0]!.tag, "CREATE TABLE entirely_other (x)")]);
    db.close();
    const error = { kind: "altered-migration", tag: known[0]!.tag };
    expect(await openStore({ folder })).toEqual({ ok: false, error });
  });

  test("a file that is no Parley database is refused and left as it was", async () => {
    const folder = temporaryFolder();
    const file = join(folder, DATABASE_FILE);
    const db = new Database(file);
    db.exec("CREATE TABLE accounts (x)");
    db.close();
    const before = readFileSync(file);
    expect(await openStore({ folder })).toEqual({ ok: false, error: { kind: "foreign-file", file } });
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});
