import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Derived: the authorities that keep a replica of a context. */
export const replicas = sqliteTable(
  "replicas",
  {
    context: text("context").notNull(),
    authority: text("authority").notNull(),
    commit: integer("commit").notNull(),
  },
  (table) => [primaryKey({ columns: [table.context, table.authority] })],
);
