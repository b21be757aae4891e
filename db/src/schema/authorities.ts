import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Derived: authorities, by stream id. */
export const authorities = sqliteTable("authorities", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  hue: integer("hue").notNull(),
  created: integer("created").notNull(),
  /** Commit number of entry 0: the order of lists and their paging key. */
  commit: integer("commit").notNull(),
});
