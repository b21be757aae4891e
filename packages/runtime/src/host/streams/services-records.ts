import type {
  CompositionEvent,
  EquivocationEvidence,
  HandoffStage,
  MigrationEvent,
  ServicesInput,
} from "@parley/wire";
import { type CompositionRun, startComposition, stepComposition } from "../../services/index.ts";

/** Something that was tried and refused. */
export interface Refusal {
  readonly at: number;
  readonly what: string;
  readonly subject: string;
  readonly code: string;
  readonly variant: string;
  readonly detail: string;
  /** Where it shows that somebody said two things. */
  readonly evidence?: EquivocationEvidence;
  /** Of a handoff that was made to fail on request: where. */
  readonly injected?: HandoffStage;
}

/** Compositions by id, the journal of migrations by what is migrated, and what was refused, oldest first. */
export interface ServicesRecords {
  readonly compositions: ReadonlyMap<string, CompositionRun>;
  /** What happened to each, oldest first. */
  readonly compositionLogs: ReadonlyMap<
    string,
    readonly { readonly at: number; readonly event: CompositionEvent }[]
  >;
  readonly migrations: ReadonlyMap<
    string,
    readonly { readonly at: number; readonly event: MigrationEvent }[]
  >;
  readonly refusals: readonly Refusal[];
}

export const noServices: ServicesRecords = {
  compositions: new Map(),
  compositionLogs: new Map(),
  migrations: new Map(),
  refusals: [],
};

/** Refusals kept in memory; all of them are in the log. */
const KEPT_REFUSALS = 1_000;

/** One step of the fold; a step of something unknown changes nothing. */
export const foldServices = (records: ServicesRecords, input: ServicesInput, at: number): ServicesRecords => {
  switch (input.kind) {
    case "composition.started":
      return {
        ...records,
        compositions: new Map(records.compositions).set(input.id, startComposition(input.composition, at)),
      };
    case "composition.stepped": {
      const run = records.compositions.get(input.id);
      return run === undefined
        ? records
        : {
            ...records,
            compositions: new Map(records.compositions).set(input.id, stepComposition(run, input.event)),
            compositionLogs: new Map(records.compositionLogs).set(input.id, [
              ...(records.compositionLogs.get(input.id) ?? []),
              { at, event: input.event },
            ]),
          };
    }
    case "migration.stepped": {
      const steps = [...(records.migrations.get(input.subject) ?? []), { at, event: input.event }];
      return { ...records, migrations: new Map(records.migrations).set(input.subject, steps) };
    }
    case "audit.refused": {
      const { kind: _, ...refusal } = input;
      return { ...records, refusals: [...records.refusals, { at, ...refusal }].slice(-KEPT_REFUSALS) };
    }
  }
};
