import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Derived: what is journaled of migrations. */
export const migrationSteps = sqliteTable(
  "migration_steps",
  {
    commit: integer("commit").primaryKey(),
    subject: text("subject").notNull(),
    event: text("event").notNull(),
    migration: text("migration"),
    version: integer("version"),
    changed: integer("changed"),
    at: integer("at").notNull(),
  },
  (table) => [index("migration_steps_subject_commit").on(table.subject, table.commit)],
);
