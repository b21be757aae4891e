import type { MigrationError } from "@parley/wire";
/** What a migration is given; it changes nothing in it. */
export interface MigrationContext<S> {
  readonly state: S;
  /** Session time, ms: the only clock there is. */
  readonly at: number;
}

export const migrationErrorText = (error: MigrationError): string => {
  switch (error.variant) {
    case "NoPath":
      return `no migrations lead from ${error.from} to ${error.to}`;
    case "ValidationFailed":
      return `${error.migration} cannot run: ${error.reason}`;
    case "ExecutionFailed":
      return `${error.migration} failed: ${error.reason}`;
    case "AlreadyRunning":
      return `a migration from ${error.from} to ${error.to} is under way`;
    case "Diverged":
      return `${error.migration} did not give again what it gave before: ${error.reason}`;
  }
};

/** One step from a schema version to a later one. Pure: run again upon the same state it gives the same. */
export interface Migration<S> {
  readonly name: string;
  readonly sourceVersion: number;
  readonly targetVersion: number;
  /** Why it cannot run upon this state. */
  readonly validate: (context: MigrationContext<S>) => string | undefined;
  /** The new state, or why there is none; a throw counts as why. */
  readonly execute: (
    context: MigrationContext<S>,
  ) =>
    | { readonly ok: true; readonly state: S; readonly changed: number }
    | { readonly ok: false; readonly reason: string };
}

/** The latest version any migration leads to; `from` when none does. */
export const latestVersion = <S>(migrations: readonly Migration<S>[], from: number): number =>
  Math.max(from, ...migrations.map(({ targetVersion }) => targetVersion));

/** Whether something is to be done at a version. */
export const needsMigration = <S>(migrations: readonly Migration<S>[], from: number): boolean =>
  migrations.some(({ targetVersion }) => targetVersion > from);

/**
 * The migrations from one version to another, by target version, each
 * beginning where the last one ends; `undefined` when there is a gap.
 *
 * @example migrationPath(shipped, 1, 3)?.map(({ name }) => name)
 */
export const migrationPath = <M extends Pick<Migration<unknown>, "sourceVersion" | "targetVersion">>(
  migrations: readonly M[],
  from: number,
  to: number,
): readonly M[] | undefined => {
  const path: M[] = [];
  let version = from;
  while (version < to) {
    const here = version;
    const next = [...migrations]
      .filter(
        ({ sourceVersion, targetVersion }) =>
          sourceVersion === here && targetVersion <= to && targetVersion > here,
      )
      .sort((a, b) => a.targetVersion - b.targetVersion)[0];
    if (next === undefined) return undefined;
    path.push(next);
    version = next.targetVersion;
  }
  return from > to ? undefined : path;
};
