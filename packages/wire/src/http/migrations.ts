import { z } from "zod";

const count = z.number().int().nonnegative();

/** One step from a schema version to a later one. */
export const migrationStepSchema = z.object({
  name: z.string(),
  from: count,
  to: count,
  /** What it does, in words. */
  says: z.string(),
});
export type MigrationStep = z.infer<typeof migrationStepSchema>;

export const migrationErrorSchema = z.object({
  code: z.string(),
  variant: z.string(),
  /** The sentence of it. */
  detail: z.string(),
  /** The step it happened in. */
  migration: z.string().nullable(),
});

export const migrationPhaseSchema = z.enum(["Idle", "Planned", "Validated", "Recorded", "Done", "Failed"]);

/** Facts of one kind: where their schema stands, what is to be done, and what was done. */
export const migrationSubjectSchema = z.object({
  /** The fact type that is migrated. */
  subject: z.string(),
  /** The version facts are written and read at now. */
  version: count,
  /** The latest version any shipped step leads to. */
  latest: count,
  needed: z.boolean(),
  /** Every step there is, by target version. */
  steps: z.array(migrationStepSchema.extend({ state: z.enum(["recorded", "next", "waiting"]) })),
  run: z.object({
    phase: migrationPhaseSchema,
    target: count,
    /** Names of the steps of the run, and of those that are recorded. */
    path: z.array(z.string()),
    recorded: z.array(z.string()),
    error: migrationErrorSchema.nullable(),
    /** Whether it stands half way: killed, or failed. */
    resumable: z.boolean(),
  }),
  /** What the journal says of its runs, oldest first. */
  journal: z.array(
    z.object({
      at: count,
      kind: z.enum(["planned", "validated", "executed", "failed", "done"]),
      /** The sentence of it. */
      detail: z.string(),
    }),
  ),
});
export type MigrationSubject = z.infer<typeof migrationSubjectSchema>;

/** `GET /api/migrations` */
export const migrationListSchema = z.object({
  items: z.array(migrationSubjectSchema),
  /** Failing runs that this studio offers for trying out; empty but for tests. */
  demos: z.array(z.string()),
});
export type MigrationList = z.infer<typeof migrationListSchema>;

/** `POST /api/migrations/dry-run`, `/run`, `/resume` */
export const migrationRequestSchema = z.object({
  subject: z.string().min(1).max(200),
  /** Absent = the latest version. */
  to: count.max(65_535).optional(),
  /** Journal entries to write before it stops, half way if need be; absent = to its end. */
  entries: z.number().int().min(1).max(1_000).optional(),
});
export type MigrationRequest = z.infer<typeof migrationRequestSchema>;

/** `POST /api/migrations/dry-run`: what each step would change if it ran now. Nothing is kept. */
export const migrationDryRunSchema = z.object({
  subject: z.string(),
  from: count,
  to: count,
  steps: z.array(
    migrationStepSchema.extend({
      changed: count,
      /** By journal, in order of their ids. */
      journals: z.array(
        z.object({ id: z.string(), kind: z.enum(["context", "authority"]), title: z.string(), facts: count }),
      ),
    }),
  ),
  /** Facts as written, by version, of all contexts and authorities. */
  written: z.array(z.object({ version: count, facts: count })),
  /** Facts whose payload does not read as their version: left as they are. */
  unreadable: count,
  error: migrationErrorSchema.nullable(),
});
export type MigrationDryRun = z.infer<typeof migrationDryRunSchema>;
