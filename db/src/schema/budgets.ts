import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Derived: what an authority may spend on a peer in a context, where somebody touched it. */
export const budgets = sqliteTable(
  "budgets",
  {
    authority: text("authority").notNull(),
    context: text("context").notNull(),
    peer: text("peer").notNull(),
    limit: integer("limit").notNull(),
    spent: integer("spent").notNull(),
    epoch: integer("epoch").notNull(),
    /** JSON: the account of the epoch, by device. */
    account: text("account").notNull(),
    /** Whether somebody set the limit: 1 or 0. */
    limited: integer("limited").notNull(),
    seq: integer("seq").notNull(),
    commit: integer("commit").notNull(),
  },
  (table) => [primaryKey({ columns: [table.authority, table.context, table.peer] })],
);
