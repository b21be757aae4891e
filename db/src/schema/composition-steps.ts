import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Derived: what happened to compositions. */
export const compositionSteps = sqliteTable(
  "composition_steps",
  {
    commit: integer("commit").primaryKey(),
    composition: text("composition").notNull(),
    event: text("event").notNull(),
    phase: text("phase"),
    session: text("session"),
    at: integer("at").notNull(),
  },
  (table) => [
    index("composition_steps_composition_commit").on(table.composition, table.commit),
    index("composition_steps_session").on(table.session),
  ],
);
