import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Derived: contexts, by stream id. */
export const contexts = sqliteTable("contexts", {
  id: text("id").primaryKey(),
  title: text("title").notNull(),
  created: integer("created").notNull(),
  commit: integer("commit").notNull(),
});
