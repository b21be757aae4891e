import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Names of streams, numbered so that `entries` stays narrow. Append-only by trigger. */
export const streams = sqliteTable("streams", {
  id: integer("id").primaryKey(),
  name: text("name").notNull().unique(),
  kind: text("kind", { enum: ["session", "authority", "context", "workspace"] }).notNull(),
});
