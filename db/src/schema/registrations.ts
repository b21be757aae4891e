import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Derived: the registry of user protocols that admission reads (design §7); the last registration of an id counts. */
export const registrations = sqliteTable("registrations", {
  protocolId: text("protocol_id").primaryKey(),
  class: text("class").notNull(),
  budget: integer("budget").notNull(),
  policy: text("policy").notNull(),
  commit: integer("commit").notNull(),
});
