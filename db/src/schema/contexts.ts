import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Derived: contexts, by stream id. */
export const contexts = sqliteTable("contexts", {
  id: text("id").primaryKey(),
  title: text("title").notNull(),
  created: integer("created").notNull(),
  /** Whether its replicas were ever kept apart: only then can they differ. 1 or 0. */
  parted: integer("parted").notNull().default(0),
  /** Which replicas reach each other while they are kept apart, as JSON. */
  groups: text("groups"),
  /** Facts recorded before facts had types. */
  untyped: integer("untyped").notNull().default(0),
  commit: integer("commit").notNull(),
});
