import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Derived: immutable versions of protocols, numbered by the commit that saved them. */
export const versions = sqliteTable(
  "versions",
  {
    commit: integer("commit").primaryKey(),
    protocol: text("protocol").notNull(),
    version: text("version").notNull(),
    source: text("source").notNull(),
    label: text("label"),
    at: integer("at").notNull(),
  },
  (table) => [
    index("versions_protocol").on(table.protocol, table.commit),
    index("versions_version").on(table.version),
  ],
);
