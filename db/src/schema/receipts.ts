import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Derived: the charges of guarded sends, by the entry that settled them. */
export const receipts = sqliteTable(
  "receipts",
  {
    commit: integer("commit").notNull(),
    /** The place in its batch. */
    part: integer("part").notNull(),
    id: text("id").notNull(),
    authority: text("authority").notNull(),
    seq: integer("seq").notNull(),
    context: text("context").notNull(),
    peer: text("peer").notNull(),
    session: text("session").notNull(),
    edge: text("edge").notNull(),
    label: text("label").notNull(),
    device: text("device").notNull(),
    epoch: integer("epoch").notNull(),
    cost: integer("cost").notNull(),
    nonce: integer("nonce").notNull(),
    prev: text("prev").notNull(),
    tick: integer("tick").notNull(),
    at: integer("at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.commit, table.part] }),
    index("receipts_id").on(table.id),
    index("receipts_authority_commit").on(table.authority, table.commit),
    index("receipts_session_commit").on(table.session, table.commit),
    index("receipts_authority_context_peer_commit").on(
      table.authority,
      table.context,
      table.peer,
      table.commit,
    ),
  ],
);
