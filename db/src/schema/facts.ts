import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Derived: the facts of contexts and authorities, each by the entry that first brought it. */
export const facts = sqliteTable(
  "facts",
  {
    stream: text("stream").notNull(),
    id: text("id").notNull(),
    seq: integer("seq").notNull(),
    kind: text("kind", { enum: ["attested", "protocol", "generic", "snapshot", "rendezvous"] }).notNull(),
    type: text("type").notNull(),
    version: integer("version"),
    by: text("by").notNull(),
    time: text("time", { enum: ["logical", "order", "physical", "range"] }).notNull(),
    /** The time as ms, where it has one. */
    ms: integer("ms"),
    /** What facts are put in order by. */
    order: text("order").notNull(),
    commit: integer("commit").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.stream, table.id] }),
    index("facts_stream_order_id").on(table.stream, table.order, table.id),
    index("facts_type_stream").on(table.type, table.stream),
    index("facts_by_stream").on(table.by, table.stream),
    index("facts_ms_stream").on(table.ms, table.stream),
  ],
);
