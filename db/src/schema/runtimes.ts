import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Derived: who runs a bundle. */
export const runtimes = sqliteTable("runtimes", {
  bundle: text("bundle").primaryKey(),
  /** Upgrades tried since it was seeded. */
  epoch: integer("epoch").notNull(),
  /** JSON. */
  members: text("members").notNull(),
  commit: integer("commit").notNull(),
});
