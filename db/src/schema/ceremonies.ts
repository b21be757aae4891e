import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Derived: ceremonies and how they ended. */
export const ceremonies = sqliteTable(
  "ceremonies",
  {
    id: text("id").primaryKey(),
    kind: text("kind").notNull(),
    context: text("context").notNull(),
    initiator: text("initiator").notNull(),
    threshold: integer("threshold").notNull(),
    participants: integer("participants").notNull(),
    prestate: text("prestate").notNull(),
    operation: text("operation").notNull(),
    pendingEpoch: integer("pending_epoch").notNull(),
    title: text("title"),
    status: text("status", { enum: ["open", "committed", "aborted", "superseded"] }).notNull(),
    started: integer("started").notNull(),
    /** Session time, ms; over when it has passed. */
    deadline: integer("deadline").notNull(),
    ended: integer("ended"),
    reason: text("reason"),
    /** What took its place. */
    successor: text("successor"),
    commit: integer("commit").notNull(),
  },
  (table) => [
    index("ceremonies_status_deadline_id").on(table.status, table.deadline, table.id),
    index("ceremonies_context_prestate").on(table.context, table.prestate),
  ],
);
