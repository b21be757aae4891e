import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Derived: protocols put together and run. */
export const compositions = sqliteTable("compositions", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  kind: text("kind", { enum: ["sequential", "parallel", "program"] }).notNull(),
  steps: integer("steps").notNull(),
  started: integer("started").notNull(),
  updated: integer("updated").notNull(),
  commit: integer("commit").notNull(),
});
