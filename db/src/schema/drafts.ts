import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** The text of open editors: mutable, guarded by its revision, beside the log. */
export const drafts = sqliteTable("drafts", {
  protocol: text("protocol").primaryKey(),
  source: text("source").notNull(),
  revision: integer("revision").notNull(),
  at: integer("at").notNull(),
});
