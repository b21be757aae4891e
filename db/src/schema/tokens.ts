import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Derived: the tokens authorities keep, and what became of them. */
export const tokens = sqliteTable(
  "tokens",
  {
    authority: text("authority").notNull(),
    id: text("id").notNull(),
    issuer: text("issuer").notNull(),
    holder: text("holder").notNull(),
    device: text("device").notNull(),
    scope: text("scope", { enum: ["contexts", "context", "storage"] }).notNull(),
    context: text("context"),
    parent: text("parent"),
    /** JSON list of names. */
    capabilities: text("capabilities").notNull(),
    /** Session time, ms: the earliest end any of its blocks sets. */
    expires: integer("expires"),
    /** Session time, ms, at which it or what it was made from was revoked. */
    revoked: integer("revoked"),
    reason: text("reason"),
    /** JSON list, one per block. */
    revocations: text("revocations").notNull(),
    at: integer("at").notNull(),
    seq: integer("seq").notNull(),
    commit: integer("commit").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.authority, table.id] }),
    index("tokens_holder").on(table.holder),
    index("tokens_parent").on(table.parent),
  ],
);
