import { sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Facts about the file itself: `derived` is the version of the derivation the derived tables were folded with. */
export const meta = sqliteTable("meta", {
  key: text("key").primaryKey(),
  value: text("value").notNull(),
});
