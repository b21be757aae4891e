import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Derived: the sessions an authority has to do with, and how. */
export const footprints = sqliteTable(
  "footprints",
  {
    authority: text("authority").notNull(),
    session: text("session").notNull(),
    class: text("class", { enum: ["native", "delegatedIn", "delegatedOut"] }).notNull(),
    commit: integer("commit").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.authority, table.session] }),
    index("footprints_session").on(table.session),
  ],
);
