import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Derived: named choreographies, from the workspace stream. */
export const protocols = sqliteTable(
  "protocols",
  {
    id: text("id").primaryKey(),
    name: text("name").notNull(),
    origin: text("origin", { enum: ["catalogue", "mine"] }).notNull(),
    namespace: text("namespace"),
    hidden: integer("hidden", { mode: "boolean" }).notNull(),
    /** The version id saved last; null before the first. */
    latest: text("latest"),
    created: integer("created").notNull(),
    updated: integer("updated").notNull(),
    /** Commit number of the last change: the order of lists and their paging key. */
    head: integer("head").notNull(),
  },
  (table) => [index("protocols_head").on(table.head)],
);
