import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Derived: the first answer of each participant of a ceremony. */
export const ceremonyAnswers = sqliteTable(
  "ceremony_answers",
  {
    ceremony: text("ceremony").notNull(),
    participant: text("participant").notNull(),
    accept: integer("accept").notNull(),
    reason: text("reason"),
    at: integer("at").notNull(),
    commit: integer("commit").notNull(),
  },
  (table) => [primaryKey({ columns: [table.ceremony, table.participant] })],
);
