import { blob, integer, sqliteTable, uniqueIndex } from "drizzle-orm/sqlite-core";
import { streams } from "./streams.ts";

/**
 * The log, append-only by trigger. The commit number is the row id, so every
 * append lands on the last page whatever its stream; `prev` is empty for entry 0.
 */
export const entries = sqliteTable(
  "entries",
  {
    commit: integer("commit").primaryKey(),
    stream: integer("stream")
      .notNull()
      .references(() => streams.id),
    seq: integer("seq").notNull(),
    bytes: blob("bytes", { mode: "buffer" }).notNull(),
    hash: blob("hash", { mode: "buffer" }).notNull(),
    prev: blob("prev", { mode: "buffer" }).notNull(),
  },
  (table) => [uniqueIndex("entries_stream_seq").on(table.stream, table.seq)],
);
