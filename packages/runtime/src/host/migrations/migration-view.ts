import type { MigrationError, MigrationEvent } from "@parley/wire";
import type { MigrationDryRun, MigrationList, MigrationStep, MigrationSubject } from "@parley/wire/http";
import {
  type FactMigration,
  type FactSchema,
  latestVersion,
  migrationErrorText,
  migrationPath,
  needsMigration,
  shippedSchemas,
} from "../../services/index.ts";
import type { HostCore } from "../core.ts";
import { standingOf, stateAt, underWay } from "./migration-standing.ts";
import { schemaVersion } from "./schema-version.ts";

type Problem = NonNullable<MigrationDryRun["error"]>;

const stepView = ({ name, sourceVersion, targetVersion, says }: FactMigration): MigrationStep => ({
  name,
  from: sourceVersion,
  to: targetVersion,
  says,
});

const problemOf = (error: MigrationError): Problem => ({
  code: error.code,
  variant: error.variant,
  detail: `${migrationErrorText(error)}.`,
  migration: "migration" in error ? error.migration : null,
});

const counted = (count: number): string => (count === 1 ? "1 fact" : `${count} facts`);

/** One entry of the journal, as a sentence. */
const sentence = (event: MigrationEvent): string => {
  switch (event.kind) {
    case "planned":
      return `planned from version ${event.from} to ${event.to}: ${event.path.join(", then ")}`;
    case "validated":
      return `${event.migration} can run`;
    case "executed":
      return `${event.migration} ran: ${counted(event.changed)} read at version ${event.version}`;
    case "failed":
      return migrationErrorText(event.error);
    case "done":
      return `done at version ${event.version}`;
  }
};

/** Whether a version is reached, is the next to be, or comes later. */
const stateOf = ({ sourceVersion, targetVersion }: FactMigration, version: number) =>
  targetVersion <= version ? "recorded" : sourceVersion === version ? "next" : "waiting";

/** One kind of fact: where it stands and what was done. Shows what is durable. */
export const migrationSubject = (core: Pick<HostCore, "workspace">, schema: FactSchema): MigrationSubject => {
  const { services } = core.workspace.durable;
  const { type, first, steps } = schema;
  const version = schemaVersion(services, type) ?? first;
  const journal = services.migrations.get(type) ?? [];
  const standing = standingOf(journal, version);
  const { phase, target, path, recorded, error } = standing;
  return {
    subject: type,
    version,
    latest: latestVersion(steps, version),
    needed: needsMigration(steps, version),
    steps: [...steps]
      .sort((a, b) => a.targetVersion - b.targetVersion)
      .map((step) => ({ ...stepView(step), state: stateOf(step, version) })),
    run: {
      phase,
      target,
      path: [...path],
      recorded: [...recorded],
      error: error && problemOf(error),
      resumable: underWay(standing) || phase === "Failed",
    },
    journal: journal.map(({ at, event }) => ({ at, kind: event.kind, detail: sentence(event) })),
  };
};

/** Every kind of fact that has migrations. */
export const listMigrations = (
  core: Pick<HostCore, "workspace">,
  demos: readonly string[],
): MigrationList => ({
  items: [...shippedSchemas.values()].map((schema) => migrationSubject(core, schema)),
  demos: [...demos],
});

/** Runs one step upon a state, as the run would, a throw being why it failed. */
const tryStep = (
  step: FactMigration,
  state: Parameters<FactMigration["validate"]>[0]["state"],
  at: number,
): ReturnType<FactMigration["execute"]> & { readonly variant?: "ValidationFailed" } => {
  const reason = step.validate({ state, at });
  if (reason !== undefined) return { ok: false, reason, variant: "ValidationFailed" };
  try {
    return step.execute({ state, at });
  } catch (thrown) {
    return { ok: false, reason: thrown instanceof Error ? thrown.message : String(thrown) };
  }
};

/** What every step would change, journal by journal, if it ran now. Nothing is kept. */
export const dryRun = async (
  core: Pick<HostCore, "workspace" | "store" | "yield" | "clock">,
  schema: FactSchema,
  steps: readonly FactMigration[],
  to: number,
): Promise<MigrationDryRun> => {
  const from = schemaVersion(core.workspace.durable.services, schema.type) ?? schema.first;
  const before = await core.store.lastCommit();
  const { state: start, collected, unreadable } = await stateAt(core, schema, from, before);
  const byVersion = Map.groupBy(collected.facts, ({ version }) => version);
  const shown: MigrationDryRun["steps"] = [];
  let state = start;
  let error: Problem | null = null;
  for (const step of migrationPath(steps, from, to) ?? []) {
    const tried = tryStep(step, state, core.clock.now());
    if (!tried.ok) {
      const { reason, variant = "ExecutionFailed" } = tried;
      const migration = step.name;
      error = problemOf(
        variant === "ValidationFailed"
          ? { code: "PAR8702", variant, migration, reason }
          : { code: "PAR8703", variant, migration, reason },
      );
      break;
    }
    const touched = Map.groupBy(
      state.facts.filter(({ version }) => version === step.sourceVersion),
      ({ journal }) => journal,
    );
    const journals = [...touched].flatMap(([id, facts]) => {
      const journal = collected.journals.get(id);
      return journal === undefined ? [] : [{ ...journal, facts: facts.length }];
    });
    shown.push({ ...stepView(step), changed: tried.changed, journals });
    state = tried.state;
  }
  const written = [...byVersion]
    .sort(([a], [b]) => a - b)
    .map(([version, facts]) => ({ version, facts: facts.length }));
  return { subject: schema.type, from, to, steps: shown, written, unreadable, error };
};
