import type { MigrationEvent } from "@parley/wire";
import type { MigrationDryRun, MigrationList, MigrationRequest, MigrationSubject } from "@parley/wire/http";
import {
  type FactMigration,
  type FactSchema,
  type FactsState,
  failingHalfWay,
  foldMigration,
  latestVersion,
  type MigrationRun,
  migrationPath,
  nextMigrationEvent,
  planMigration,
  shippedSchemas,
} from "../../services/index.ts";
import type { Caller } from "../caller.ts";
import { type IdempotencyDraft, runCommand } from "../commands/command.ts";
import type { HostCore } from "../core.ts";
import { done, type Result, refused } from "../host-error.ts";
import { workspacePart } from "../ledger/append.ts";
import { digestOf, journalOf, restoreRun, standingOf, stateAt, underWay } from "./migration-standing.ts";
import { dryRun, listMigrations, migrationSubject } from "./migration-view.ts";
import { schemaVersion } from "./schema-version.ts";

/** Migrations of fact schemas: what is needed, what they would change, running and resuming them. */
export interface MigrationHost {
  migrations(): MigrationList;
  dryRunMigration(request: MigrationRequest, demo?: string): Promise<Result<MigrationDryRun>>;
  /** Runs up to a version; one that fails answers with the failed run. */
  runMigration(caller: Caller, request: MigrationRequest, demo?: string): Promise<Result<MigrationSubject>>;
  /** Goes on where a run was killed or failed. */
  resumeMigration(
    caller: Caller,
    request: MigrationRequest,
    demo?: string,
  ): Promise<Result<MigrationSubject>>;
}

/** What may be tried out beside the shipped steps. */
const demos = { failing: failingHalfWay } as const;

interface Asked {
  readonly schema: FactSchema;
  readonly steps: readonly FactMigration[];
  readonly from: number;
  readonly to: number;
}

/** Subjects a run of this process is at. */
const busy = new WeakMap<HostCore, Set<string>>();

const busyOf = (core: HostCore): Set<string> => {
  const known = busy.get(core) ?? new Set();
  busy.set(core, known);
  return known;
};

const offered = (core: HostCore): readonly string[] =>
  core.testing?.failingMigrations === true ? Object.keys(demos) : [];

const asked = (core: HostCore, request: MigrationRequest, demo: string | undefined): Result<Asked> => {
  const { subject } = request;
  const schema = shippedSchemas.get(subject);
  if (schema === undefined)
    return refused({ code: "PAR7001", kind: "not-found", what: "migration of", id: subject });
  if (demo !== undefined && !offered(core).includes(demo))
    return refused({ code: "PAR7001", kind: "not-found", what: "demo", id: demo });
  const steps = demo === "failing" ? demos.failing(schema.steps) : schema.steps;
  const from = schemaVersion(core.workspace.tentative.services, subject) ?? schema.first;
  const to = request.to ?? latestVersion(steps, from);
  if (migrationPath(steps, from, to) === undefined)
    return refused({ code: "PAR8701", kind: "no-migration-path", subject, from, to });
  return done({ schema, steps, from, to });
};

/** Writes entries one by one, each a commit of its own, until the run ends or as many are written as may be. */
class Runner {
  private readonly core: HostCore;
  private readonly caller: Caller;
  private readonly subject: string;
  private readonly steps: readonly FactMigration[];
  private left: number;
  private row: IdempotencyDraft | undefined;

  constructor(
    core: HostCore,
    caller: Caller,
    { schema, steps }: Asked,
    limits: { readonly entries: number | undefined; readonly row: IdempotencyDraft | undefined },
  ) {
    this.core = core;
    this.caller = caller;
    this.subject = schema.type;
    this.steps = steps;
    this.left = limits.entries ?? Number.MAX_SAFE_INTEGER;
    this.row = limits.row;
  }

  private async write(event: MigrationEvent): Promise<Result<null>> {
    const by = { actor: this.caller.actor, key: this.caller.key, now: this.core.clock.now() };
    const part = workspacePart(this.core, [{ kind: "migration.stepped", subject: this.subject, event }], by);
    const { row } = this;
    this.row = undefined;
    const written = await this.core.writer.write({
      parts: part === undefined ? [] : [part],
      ...(row === undefined ? {} : { idempotency: row }),
    });
    return written.ok ? done(null) : written;
  }

  async on(start: MigrationRun<FactsState>, first?: MigrationEvent): Promise<Result<null>> {
    const { core, steps } = this;
    let run = start;
    let event = first ?? nextMigrationEvent(steps, run, core.clock.now(), digestOf);
    while (event !== undefined && this.left > 0 && !core.closing) {
      const at = core.clock.now();
      const written = await this.write(event);
      if (!written.ok) return written;
      this.left -= 1;
      run = foldMigration(steps, run, event, at, digestOf);
      await core.yield();
      event = nextMigrationEvent(steps, run, core.clock.now(), digestOf);
    }
    return done(null);
  }
}

/** Plans a run from where the facts stand, and writes its entries. */
const begin = async (core: HostCore, { schema, steps, from, to }: Asked, runner: Runner) => {
  const before = await core.store.lastCommit();
  const { state } = await stateAt(core, schema, from, before);
  const idle = {
    phase: "Idle",
    version: from,
    target: to,
    path: [],
    recorded: [],
    state,
    error: null,
  } as const;
  const planned = planMigration(steps, idle, to);
  if (!planned.ok || planned.event.kind !== "planned")
    return refused({ code: "PAR8701", kind: "no-migration-path", subject: schema.type, from, to });
  return runner.on(idle, { ...planned.event, before });
};

/** Takes up a run where its journal ends. One that no longer gives what it gave is journaled as failed. */
const goOn = async (core: HostCore, { schema, steps }: Asked, runner: Runner): Promise<Result<null>> => {
  const run = await restoreRun(core, schema, steps);
  return run.error === null
    ? runner.on(run)
    : runner.on(run, {
        kind: "failed",
        migration: "migration" in run.error ? run.error.migration : schema.type,
        error: run.error,
      });
};

const command = (
  core: HostCore,
  caller: Caller,
  request: MigrationRequest,
  how: { readonly name: "run-migration" | "resume-migration"; readonly demo: string | undefined },
): Promise<Result<MigrationSubject>> => {
  const { subject } = request;
  const resumes = how.name === "resume-migration";
  const answer = async (): Promise<Result<MigrationSubject>> => {
    const schema = shippedSchemas.get(subject);
    return schema === undefined
      ? refused({ code: "PAR7001", kind: "not-found", what: "migration of", id: subject })
      : done(migrationSubject(core, schema));
  };
  return runCommand<MigrationSubject, { readonly subject: string }>(core, caller, {
    name: how.name,
    subject,
    request: [subject, request.to ?? null, request.entries ?? null, how.demo ?? null],
    restore: answer,
    run: async (idempotency) => {
      const wanted = asked(core, request, how.demo);
      if (!wanted.ok) return wanted;
      const { from, to } = wanted.value;
      const standing = standingOf(journalOf(core, subject), from);
      const active = busyOf(core);
      if (active.has(subject) || (underWay(standing) && !resumes))
        return refused({ code: "PAR8704", kind: "migration-running", subject, from, to: standing.target });
      if (resumes ? standing.phase !== "Failed" && !underWay(standing) : from === to)
        return refused({ code: "PAR8706", kind: "migration-not-needed", subject, version: from });
      active.add(subject);
      try {
        const row = idempotency({ subject });
        const runner = new Runner(core, caller, wanted.value, { entries: request.entries, row });
        const ran = underWay(standing)
          ? await goOn(core, wanted.value, runner)
          : await begin(core, { ...wanted.value, to: resumes ? standing.target : to }, runner);
        return ran.ok ? answer() : ran;
      } finally {
        active.delete(subject);
      }
    },
  });
};

/** The part of a host that is about migrations. */
export const migrationHost = (core: HostCore): MigrationHost => ({
  migrations: () => listMigrations(core, offered(core)),
  dryRunMigration: async (request, demo) => {
    const wanted = asked(core, request, demo);
    if (!wanted.ok) return wanted;
    const { schema, steps, to } = wanted.value;
    return done(await dryRun(core, schema, steps, to));
  },
  runMigration: (caller, request, demo) => command(core, caller, request, { name: "run-migration", demo }),
  resumeMigration: (caller, request, demo) =>
    command(core, caller, request, { name: "resume-migration", demo }),
});
