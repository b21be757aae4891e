import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Derived: every handoff of a session. */
export const delegations = sqliteTable(
  "delegations",
  {
    commit: integer("commit").primaryKey(),
    session: text("session").notNull(),
    giver: text("giver").notNull(),
    receiver: text("receiver").notNull(),
    bundle: text("bundle").notNull(),
    context: text("context").notNull(),
    /** The generation it began. */
    generation: integer("generation").notNull(),
    /** JSON. */
    scope: text("scope").notNull(),
    fact: text("fact").notNull(),
    position: integer("position").notNull(),
    at: integer("at").notNull(),
  },
  (table) => [index("delegations_session_commit").on(table.session, table.commit)],
);
