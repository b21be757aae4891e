import type { MigrationError, MigrationEvent } from "@parley/wire";
import { type Migration, migrationPath } from "./migration.ts";

export type MigrationPhase = "Idle" | "Planned" | "Validated" | "Recorded" | "Done" | "Failed";

/** Where a run stands. The state is that of the last recorded step: a failing one leaves it untouched. */
export interface MigrationRun<S> {
  readonly phase: MigrationPhase;
  readonly version: number;
  readonly target: number;
  readonly path: readonly string[];
  /** Steps recorded, in order: these never run again. */
  readonly recorded: readonly string[];
  readonly state: S;
  readonly error: MigrationError | null;
}

export const idleRun = <S>(version: number, state: S): MigrationRun<S> => ({
  phase: "Idle",
  version,
  target: version,
  path: [],
  recorded: [],
  state,
  error: null,
});

const byName = <S>(migrations: readonly Migration<S>[], name: string): Migration<S> | undefined =>
  migrations.find((migration) => migration.name === name);

const executeSafely = <S>(
  migration: Migration<S>,
  state: S,
  at: number,
): ReturnType<Migration<S>["execute"]> => {
  try {
    return migration.execute({ state, at });
  } catch (thrown) {
    return { ok: false, reason: thrown instanceof Error ? thrown.message : String(thrown) };
  }
};

/** What each migration of a run would say if it ran now: nothing is kept. */
export interface DryRun {
  readonly path: readonly { readonly migration: string; readonly changed: number }[];
  readonly error: MigrationError | null;
}

/** Goes through a path without keeping anything of it. */
export const validateMigration = <S>(
  migrations: readonly Migration<S>[],
  state: S,
  from: number,
  to: number,
  at: number,
): DryRun => {
  const path = migrationPath(migrations, from, to);
  if (path === undefined) return { path: [], error: { code: "PAR8701", variant: "NoPath", from, to } };
  const steps: { migration: string; changed: number }[] = [];
  let current = state;
  for (const migration of path) {
    const reason = migration.validate({ state: current, at });
    if (reason !== undefined)
      return {
        path: steps,
        error: { code: "PAR8702", variant: "ValidationFailed", migration: migration.name, reason },
      };
    const done = executeSafely(migration, current, at);
    if (!done.ok)
      return {
        path: steps,
        error: {
          code: "PAR8703",
          variant: "ExecutionFailed",
          migration: migration.name,
          reason: done.reason,
        },
      };
    current = done.state;
    steps.push({ migration: migration.name, changed: done.changed });
  }
  return { path: steps, error: null };
};

/** Begins a run; refused while one is under way. A run that failed can be begun again from where it stands. */
export const planMigration = <S>(
  migrations: readonly Migration<S>[],
  run: MigrationRun<S>,
  to: number,
):
  | { readonly ok: true; readonly event: MigrationEvent }
  | { readonly ok: false; readonly error: MigrationError } => {
  if (run.phase === "Planned" || run.phase === "Validated" || run.phase === "Recorded")
    return {
      ok: false,
      error: { code: "PAR8704", variant: "AlreadyRunning", from: run.version, to: run.target },
    };
  const path = migrationPath(migrations, run.version, to);
  return path === undefined
    ? { ok: false, error: { code: "PAR8701", variant: "NoPath", from: run.version, to } }
    : { ok: true, event: { kind: "planned", from: run.version, to, path: path.map(({ name }) => name) } };
};

/**
 * The next event of a run, worked out from where it stands; `undefined` when
 * there is none. Journal it, then fold it: a process killed between the two
 * works out the same event again.
 */
export const nextMigrationEvent = <S>(
  migrations: readonly Migration<S>[],
  run: MigrationRun<S>,
  at: number,
  digest: (state: S) => string,
): MigrationEvent | undefined => {
  if (run.phase === "Idle" || run.phase === "Done" || run.phase === "Failed") return undefined;
  const name = run.path[run.recorded.length];
  if (name === undefined) return { kind: "done", version: run.version };
  const migration = byName(migrations, name);
  const refused = (reason: string, variant: "ValidationFailed" | "ExecutionFailed"): MigrationEvent => ({
    kind: "failed",
    migration: name,
    error:
      variant === "ValidationFailed"
        ? { code: "PAR8702", variant, migration: name, reason }
        : { code: "PAR8703", variant, migration: name, reason },
  });
  if (migration === undefined) return refused("this version of Parley does not know it", "ValidationFailed");
  if (run.phase !== "Validated") {
    const reason = migration.validate({ state: run.state, at });
    return reason === undefined
      ? { kind: "validated", migration: name }
      : refused(reason, "ValidationFailed");
  }
  const done = executeSafely(migration, run.state, at);
  if (!done.ok) return refused(done.reason, "ExecutionFailed");
  return {
    kind: "executed",
    migration: name,
    version: migration.targetVersion,
    changed: done.changed,
    digest: digest(done.state),
  };
};

/**
 * One step of the fold. A step that was recorded is run again to have its
 * state, and must give what it gave: otherwise the run fails (`Diverged`) and
 * keeps the state before it.
 */
export const foldMigration = <S>(
  migrations: readonly Migration<S>[],
  run: MigrationRun<S>,
  event: MigrationEvent,
  at: number,
  digest: (state: S) => string,
): MigrationRun<S> => {
  switch (event.kind) {
    case "planned":
      return { ...run, phase: "Planned", target: event.to, path: event.path, recorded: [], error: null };
    case "validated":
      return { ...run, phase: "Validated" };
    case "executed": {
      const migration = byName(migrations, event.migration);
      const done = migration && executeSafely(migration, run.state, at);
      const reason =
        done === undefined
          ? "it is not known"
          : !done.ok
            ? done.reason
            : digest(done.state) === event.digest
              ? undefined
              : "its state has another digest";
      if (reason !== undefined || !done?.ok)
        return {
          ...run,
          phase: "Failed",
          error: {
            code: "PAR8705",
            variant: "Diverged",
            migration: event.migration,
            reason: reason ?? "it failed",
          },
        };
      return {
        ...run,
        phase: "Recorded",
        version: event.version,
        recorded: [...run.recorded, event.migration],
        state: done.state,
      };
    }
    case "failed":
      return { ...run, phase: "Failed", error: event.error };
    case "done":
      return { ...run, phase: "Done" };
  }
};
