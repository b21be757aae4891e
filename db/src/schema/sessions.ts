import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/**
 * Derived: sessions, by stream id. What the session's own entries say, joined
 * with what the workspace registered; either may come first.
 */
export const sessions = sqliteTable(
  "sessions",
  {
    id: text("id").primaryKey(),
    title: text("title").notNull().default(""),
    protocol: text("protocol"),
    version: text("version"),
    image: text("image"),
    semantics: integer("semantics"),
    policy: text("policy"),
    drive: text("drive", { enum: ["manual", "eager"] }),
    clock: text("clock", { enum: ["real", "manual"] }),
    /** Set for a what-if: the session it forks and the position it forks at. */
    parent: text("parent"),
    forkSeq: integer("fork_seq"),
    status: text("status", { enum: ["open", "completed", "faulted", "cancelled", "closed"] })
      .notNull()
      .default("open"),
    seq: integer("seq").notNull().default(-1),
    created: integer("created").notNull(),
    updated: integer("updated").notNull(),
    /** Commit number of the last entry: the order of lists and their paging key. */
    head: integer("head").notNull(),
  },
  (table) => [index("sessions_protocol").on(table.protocol), index("sessions_parent").on(table.parent)],
);
