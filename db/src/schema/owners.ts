import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Derived: who owns sessions that were handed over. */
export const owners = sqliteTable("owners", {
  session: text("session").primaryKey(),
  owner: text("owner").notNull(),
  generation: integer("generation").notNull(),
  /** JSON. */
  scope: text("scope").notNull(),
  state: text("state", { enum: ["held", "released"] }).notNull(),
  at: integer("at").notNull(),
  commit: integer("commit").notNull(),
});
