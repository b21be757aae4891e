import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Derived: what was tried and refused. */
export const refusals = sqliteTable(
  "refusals",
  {
    commit: integer("commit").primaryKey(),
    what: text("what").notNull(),
    subject: text("subject").notNull(),
    code: text("code").notNull(),
    variant: text("variant").notNull(),
    detail: text("detail").notNull(),
    at: integer("at").notNull(),
  },
  (table) => [index("refusals_subject").on(table.subject)],
);
