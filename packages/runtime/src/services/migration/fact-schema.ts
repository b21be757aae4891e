import type { Hash } from "@parley/wire";
import type { Migration, MigrationContext } from "./migration.ts";

/** What a fact says, decoded. */
export type FactPayload = { readonly [field: string]: unknown };

/** A fact read at a version of its schema; the fact itself stays as it was written. */
export interface ReadFact {
  readonly id: Hash;
  /** The context or authority whose journal holds it. */
  readonly journal: string;
  /** The authority that added it. */
  readonly by: string;
  readonly version: number;
  readonly payload: FactPayload;
}

/** What migrations of facts work upon: every fact of one type, in order of their journals and ids. */
export interface FactsState {
  readonly facts: readonly ReadFact[];
}

/** One step of a fact type's schema, fact by fact. */
export interface FactMigration extends Migration<FactsState> {
  /** What it does, in words. */
  readonly says: string;
  /** Why a fact of the source version cannot be read at the target version. */
  readonly fault: (payload: FactPayload, by: string) => string | undefined;
  readonly upgrade: (payload: FactPayload, by: string) => FactPayload;
}

/** The steps of one fact type, from the version its first facts were written at. */
export interface FactSchema {
  readonly type: string;
  readonly first: number;
  readonly steps: readonly FactMigration[];
}

const short = (id: Hash): string => id.slice(0, 12);

/**
 * A migration of facts: all of the source version become of the target
 * version, facts of later versions stay as they are. Validation names the
 * first fact that cannot.
 */
export const factMigration = (step: {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly says: string;
  readonly fault: FactMigration["fault"];
  readonly upgrade: FactMigration["upgrade"];
}): FactMigration => {
  const { name, from, to, says, fault, upgrade } = step;
  return {
    name,
    says,
    fault,
    upgrade,
    sourceVersion: from,
    targetVersion: to,
    validate: ({ state }: MigrationContext<FactsState>) => {
      for (const { id, journal, by, version, payload } of state.facts) {
        const reason = version === from ? fault(payload, by) : undefined;
        if (reason !== undefined) return `fact ${short(id)} of ${journal}: ${reason}`;
      }
      return undefined;
    },
    execute: ({ state }) => {
      let changed = 0;
      const facts = state.facts.map((fact) => {
        if (fact.version !== from) return fact;
        changed += 1;
        return { ...fact, version: to, payload: upgrade(fact.payload, fact.by) };
      });
      return { ok: true, state: { facts }, changed };
    },
  };
};

/**
 * Reads a fact at a version: through the steps between its own and that one.
 * `undefined` where a step cannot read it, or none leads there.
 */
export const readAt = (
  steps: readonly FactMigration[],
  fact: { readonly version: number; readonly payload: FactPayload; readonly by: string },
  version: number,
): FactPayload | undefined => {
  let { payload } = fact;
  for (let here = fact.version; here < version; ) {
    const step = steps.find(({ sourceVersion }) => sourceVersion === here);
    if (step === undefined || step.fault(payload, fact.by) !== undefined) return undefined;
    payload = step.upgrade(payload, fact.by);
    here = step.targetVersion;
  }
  return payload;
};
