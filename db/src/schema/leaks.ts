import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Derived: what each charge let observers learn. */
export const leaks = sqliteTable(
  "leaks",
  {
    commit: integer("commit").notNull(),
    part: integer("part").notNull(),
    authority: text("authority").notNull(),
    context: text("context").notNull(),
    session: text("session").notNull(),
    external: integer("external").notNull(),
    neighbor: integer("neighbor").notNull(),
    inGroup: integer("in_group").notNull(),
    at: integer("at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.commit, table.part] }),
    index("leaks_authority_context_at").on(table.authority, table.context, table.at),
  ],
);
