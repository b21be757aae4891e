import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Derived: the epoch an authority is in; those it never moved on are in their first. */
export const epochs = sqliteTable("epochs", {
  authority: text("authority").primaryKey(),
  epoch: integer("epoch").notNull(),
  seq: integer("seq").notNull(),
  commit: integer("commit").notNull(),
});
