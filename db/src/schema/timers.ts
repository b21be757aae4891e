import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Derived: the timers that run, so that the next deadline of a session is known without folding it. */
export const timers = sqliteTable(
  "timers",
  {
    session: text("session").notNull(),
    timer: text("timer").notNull(),
    coroutine: integer("coroutine").notNull(),
    role: text("role").notNull(),
    /** The scope instances it stands in, its own last, each between slashes. */
    scopes: text("scopes").notNull(),
    /** Session time, ms. */
    deadline: integer("deadline").notNull(),
  },
  (table) => [primaryKey({ columns: [table.session, table.timer] })],
);
