import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Derived: where each phase of a composition stands. */
export const compositionPhases = sqliteTable(
  "composition_phases",
  {
    composition: text("composition").notNull(),
    phase: text("phase").notNull(),
    /** From 0: its place among the phases of the composition. */
    place: integer("place").notNull(),
    protocol: text("protocol").notNull(),
    state: text("state", {
      enum: ["waiting", "running", "completed", "failed", "cancelled", "undoing", "undone", "notUndone"],
    }).notNull(),
    session: text("session"),
    /** The session that undoes it. */
    undo: text("undo"),
    cause: text("cause"),
    commit: integer("commit").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.composition, table.phase] }),
    index("composition_phases_session").on(table.session),
  ],
);
