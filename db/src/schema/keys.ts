import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Derived: the public keys of authorities and their devices. */
export const keys = sqliteTable(
  "keys",
  {
    authority: text("authority").notNull(),
    key: text("key").notNull(),
    purpose: text("purpose", { enum: ["root", "device"] }).notNull(),
    /** Empty for a key of the authority itself. */
    device: text("device").notNull(),
    epoch: integer("epoch").notNull(),
    /** The last epoch in which it counts; null while it does. */
    retired: integer("retired"),
    reason: text("reason"),
    commit: integer("commit").notNull(),
  },
  (table) => [primaryKey({ columns: [table.authority, table.key, table.purpose, table.device] })],
);
