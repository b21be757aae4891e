import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Derived: the ceremony a session runs for. */
export const ceremonySessions = sqliteTable(
  "ceremony_sessions",
  {
    session: text("session").primaryKey(),
    ceremony: text("ceremony").notNull(),
    commit: integer("commit").notNull(),
  },
  (table) => [index("ceremony_sessions_ceremony").on(table.ceremony)],
);
