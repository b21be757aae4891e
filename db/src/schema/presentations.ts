import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Derived: the token each device presents; null for none. */
export const presentations = sqliteTable(
  "presentations",
  {
    authority: text("authority").notNull(),
    device: text("device").notNull(),
    token: text("token"),
    seq: integer("seq").notNull(),
    commit: integer("commit").notNull(),
  },
  (table) => [primaryKey({ columns: [table.authority, table.device] })],
);
