import { hashValue, type MigrationError, type MigrationEvent } from "@parley/wire";
import {
  type FactMigration,
  type FactSchema,
  type FactsState,
  foldMigration,
  idleRun,
  type MigrationPhase,
  type MigrationRun,
  readAt,
} from "../../services/index.ts";
import type { HostCore } from "../core.ts";
import { collectFacts } from "./collect-facts.ts";
import { schemaVersion } from "./schema-version.ts";

/** What is journaled of one kind of fact. */
export type MigrationJournal = readonly { readonly at: number; readonly event: MigrationEvent }[];

/** Where the last run stands as far as its journal says, without going through a fact. */
export interface Standing {
  readonly phase: MigrationPhase;
  readonly target: number;
  readonly path: readonly string[];
  readonly recorded: readonly string[];
  readonly error: MigrationError | null;
}

export const journalOf = (core: Pick<HostCore, "workspace">, type: string): MigrationJournal =>
  core.workspace.tentative.services.migrations.get(type) ?? [];

const afterEvent = (standing: Standing, event: MigrationEvent): Standing => {
  switch (event.kind) {
    case "planned":
      return { phase: "Planned", target: event.to, path: event.path, recorded: [], error: null };
    case "validated":
      return { ...standing, phase: "Validated" };
    case "executed":
      return { ...standing, phase: "Recorded", recorded: [...standing.recorded, event.migration] };
    case "failed":
      return { ...standing, phase: "Failed", error: event.error };
    case "done":
      return { ...standing, phase: "Done" };
  }
};

/** Reads off a journal where its last run stands. */
export const standingOf = (journal: MigrationJournal, version: number): Standing =>
  journal.reduce<Standing>((standing, { event }) => afterEvent(standing, event), {
    phase: "Idle",
    target: version,
    path: [],
    recorded: [],
    error: null,
  });

/** Whether a run was begun and is neither done nor failed. */
export const underWay = ({ phase }: Pick<Standing, "phase">): boolean =>
  phase === "Planned" || phase === "Validated" || phase === "Recorded";

/** Names a state, so that giving it again can be checked. */
export const digestOf = ({ facts }: FactsState): string =>
  hashValue(
    "parley.migrated/1",
    facts.map(({ id, journal, version, payload }) => [journal, id, version, payload]),
  );

/** Every fact that can be read at a version, as of a commit. */
export const stateAt = async (
  core: Pick<HostCore, "store" | "yield">,
  schema: FactSchema,
  version: number,
  before: number,
): Promise<{
  readonly state: FactsState;
  readonly collected: Awaited<ReturnType<typeof collectFacts>>;
  readonly unreadable: number;
}> => {
  const collected = await collectFacts(core, schema.type, before);
  const facts = collected.facts.flatMap((fact) => {
    const payload = readAt(schema.steps, fact, version);
    return payload === undefined ? [] : [{ ...fact, version: Math.max(version, fact.version), payload }];
  });
  const unreadable = collected.unreadable + collected.facts.length - facts.length;
  return { state: { facts }, collected, unreadable };
};

/**
 * A run as its journal has it: the facts as of the commit it was planned at,
 * taken through every recorded step again, each of which must give what it gave.
 */
export const restoreRun = async (
  core: Pick<HostCore, "store" | "yield" | "workspace">,
  schema: FactSchema,
  steps: readonly FactMigration[],
): Promise<MigrationRun<FactsState>> => {
  const journal = journalOf(core, schema.type);
  const start = journal.findLastIndex(({ event }) => event.kind === "planned");
  const planned = journal[start]?.event;
  if (planned?.kind !== "planned") {
    const version = schemaVersion(core.workspace.tentative.services, schema.type) ?? schema.first;
    return idleRun(version, { facts: [] });
  }
  const { state } = await stateAt(core, schema, planned.from, planned.before ?? Number.MAX_SAFE_INTEGER);
  return journal
    .slice(start)
    .reduce(
      (run, { at, event }) => foldMigration(steps, run, event, at, digestOf),
      idleRun(planned.from, state),
    );
};
