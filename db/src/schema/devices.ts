import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Derived: the devices of authorities, in the order they were added. */
export const devices = sqliteTable(
  "devices",
  {
    authority: text("authority").notNull(),
    device: text("device").notNull(),
    name: text("name").notNull(),
    added: integer("added").notNull(),
    commit: integer("commit").notNull(),
  },
  (table) => [primaryKey({ columns: [table.authority, table.device] })],
);
