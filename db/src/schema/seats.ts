import { index, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Derived: who sits where in a session. */
export const seats = sqliteTable(
  "seats",
  {
    session: text("session").notNull(),
    role: text("role").notNull(),
    authority: text("authority").notNull(),
    device: text("device").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.session, table.role] }),
    index("seats_authority").on(table.authority),
  ],
);
