import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Derived: who holds the fragments of sessions that were handed over. */
export const fragments = sqliteTable(
  "fragments",
  {
    session: text("session").notNull(),
    fragment: text("fragment").notNull(),
    owner: text("owner").notNull(),
    protocol: text("protocol").notNull(),
    bundle: text("bundle"),
    commit: integer("commit").notNull(),
  },
  (table) => [primaryKey({ columns: [table.session, table.fragment] })],
);
