import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Derived: units of linking and ownership. */
export const bundles = sqliteTable("bundles", {
  id: text("id").primaryKey(),
  origin: text("origin", { enum: ["generated", "registered", "linked"] }).notNull(),
  left: text("left"),
  right: text("right"),
  /** JSON, as the others. */
  protocols: text("protocols").notNull(),
  exports: text("exports").notNull(),
  imports: text("imports").notNull(),
  at: integer("at").notNull(),
  commit: integer("commit").notNull(),
});
