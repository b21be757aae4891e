import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Derived: protocols put together and run, and how far they came. */
export const compositions = sqliteTable("compositions", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  kind: text("kind", { enum: ["sequential", "parallel", "program"] }).notNull(),
  status: text("status", { enum: ["running", "completed", "failed"] })
    .notNull()
    .default("running"),
  /** Of one that failed: the phase or step, and why. */
  failed: text("failed"),
  cause: text("cause"),
  /** When all of it is given up, ms. */
  deadline: integer("deadline"),
  /** The run without its results, as JSON: what the next step of the fold is made on. */
  run: text("run").notNull().default("{}"),
  steps: integer("steps").notNull(),
  started: integer("started").notNull(),
  updated: integer("updated").notNull(),
  commit: integer("commit").notNull(),
});
