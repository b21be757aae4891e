import { blob, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Cached folds (model §1.5). A cache: rows may vanish at any time and no answer changes. */
export const snapshots = sqliteTable(
  "snapshots",
  {
    stream: text("stream").notNull(),
    seq: integer("seq").notNull(),
    semantics: integer("semantics").notNull(),
    entryHash: text("entry_hash").notNull(),
    bytes: blob("bytes", { mode: "buffer" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.stream, table.seq] })],
);
