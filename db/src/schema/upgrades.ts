import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Derived: upgrades of bundles that were tried. */
export const upgrades = sqliteTable(
  "upgrades",
  {
    commit: integer("commit").primaryKey(),
    bundle: text("bundle").notNull(),
    upgrade: text("upgrade").notNull(),
    plan: text("plan").notNull(),
    /** The session that was handed over with it. */
    session: text("session"),
    outcome: text("outcome", { enum: ["committed", "failed"] }).notNull(),
    reason: text("reason"),
    /** JSON, as `after`. */
    before: text("before").notNull(),
    after: text("after").notNull(),
    at: integer("at").notNull(),
  },
  (table) => [index("upgrades_bundle_commit").on(table.bundle, table.commit)],
);
