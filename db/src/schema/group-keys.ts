import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Derived: keys that several hold together, by the ceremony that made them. */
export const groupKeys = sqliteTable(
  "group_keys",
  {
    authority: text("authority").notNull(),
    ceremony: text("ceremony").notNull(),
    purpose: text("purpose").notNull(),
    context: text("context").notNull(),
    epoch: integer("epoch").notNull(),
    publicKey: text("public_key").notNull(),
    threshold: integer("threshold").notNull(),
    state: text("state", { enum: ["prepared", "active", "retired", "forgotten"] }).notNull(),
    seq: integer("seq").notNull(),
    commit: integer("commit").notNull(),
  },
  (table) => [primaryKey({ columns: [table.authority, table.ceremony] })],
);
