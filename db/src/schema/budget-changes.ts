import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Derived: how budgets came to stand as they do; a charge has its receipt under the same key. */
export const budgetChanges = sqliteTable(
  "budget_changes",
  {
    commit: integer("commit").notNull(),
    /** Tells apart what one entry changes. */
    part: integer("part").notNull(),
    authority: text("authority").notNull(),
    seq: integer("seq").notNull(),
    at: integer("at").notNull(),
    kind: text("kind", {
      enum: ["limited", "allotted", "replenished", "removed", "epoch", "charged"],
    }).notNull(),
    text: text("text").notNull(),
    context: text("context").notNull(),
    peer: text("peer").notNull(),
    limit: integer("limit").notNull(),
    spent: integer("spent").notNull(),
    epoch: integer("epoch").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.commit, table.part] }),
    index("budget_changes_authority_commit").on(table.authority, table.commit),
  ],
);
