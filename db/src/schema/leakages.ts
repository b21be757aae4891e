import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Derived: limits of leakage that somebody set, and when it was last counted anew. */
export const leakages = sqliteTable(
  "leakages",
  {
    authority: text("authority").notNull(),
    context: text("context").notNull(),
    external: integer("external"),
    neighbor: integer("neighbor"),
    inGroup: integer("in_group"),
    reset: integer("reset"),
    seq: integer("seq").notNull(),
    commit: integer("commit").notNull(),
  },
  (table) => [primaryKey({ columns: [table.authority, table.context] })],
);
