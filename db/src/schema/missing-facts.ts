import { index, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/**
 * Derived: facts of a context that one of its replicas does not hold. A
 * replica holds every fact of its context that has no row here, so a context
 * that was never parted has none.
 */
export const missingFacts = sqliteTable(
  "missing_facts",
  {
    context: text("context").notNull(),
    fact: text("fact").notNull(),
    authority: text("authority").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.context, table.fact, table.authority] }),
    index("missing_facts_context_authority").on(table.context, table.authority),
  ],
);
