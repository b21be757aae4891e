import type { authorities } from "../schema/authorities.ts";
import type { budgetChanges } from "../schema/budget-changes.ts";
import type { budgets } from "../schema/budgets.ts";
import type { bundles } from "../schema/bundles.ts";
import type { ceremonies } from "../schema/ceremonies.ts";
import type { ceremonyAnswers } from "../schema/ceremony-answers.ts";
import type { ceremonySessions } from "../schema/ceremony-sessions.ts";
import type { compositionPhases } from "../schema/composition-phases.ts";
import type { compositionSteps } from "../schema/composition-steps.ts";
import type { compositions } from "../schema/compositions.ts";
import type { contexts } from "../schema/contexts.ts";
import type { delegations } from "../schema/delegations.ts";
import type { devices } from "../schema/devices.ts";
import type { epochs } from "../schema/epochs.ts";
import type { facts } from "../schema/facts.ts";
import type { footprints } from "../schema/footprints.ts";
import type { fragments } from "../schema/fragments.ts";
import type { groupKeys } from "../schema/group-keys.ts";
import type { keys } from "../schema/keys.ts";
import type { leakages } from "../schema/leakages.ts";
import type { leaks } from "../schema/leaks.ts";
import type { migrationSteps } from "../schema/migration-steps.ts";
import type { missingFacts } from "../schema/missing-facts.ts";
import type { owners } from "../schema/owners.ts";
import type { presentations } from "../schema/presentations.ts";
import type { protocols } from "../schema/protocols.ts";
import type { receipts } from "../schema/receipts.ts";
import type { refusals } from "../schema/refusals.ts";
import type { registrations } from "../schema/registrations.ts";
import type { replicas } from "../schema/replicas.ts";
import type { runtimes } from "../schema/runtimes.ts";
import type { seats } from "../schema/seats.ts";
import type { sessions } from "../schema/sessions.ts";
import type { timers } from "../schema/timers.ts";
import type { tokens } from "../schema/tokens.ts";
import type { upgrades } from "../schema/upgrades.ts";
import type { versions } from "../schema/versions.ts";

/** A row of each derived table. Types only: the writer thread starts without loading Drizzle. */
export interface DerivedRows {
  readonly authorities: typeof authorities.$inferInsert;
  readonly budget_changes: typeof budgetChanges.$inferInsert;
  readonly budgets: typeof budgets.$inferInsert;
  readonly bundles: typeof bundles.$inferInsert;
  readonly ceremonies: typeof ceremonies.$inferInsert;
  readonly ceremony_answers: typeof ceremonyAnswers.$inferInsert;
  readonly ceremony_sessions: typeof ceremonySessions.$inferInsert;
  readonly composition_phases: typeof compositionPhases.$inferInsert;
  readonly composition_steps: typeof compositionSteps.$inferInsert;
  readonly compositions: typeof compositions.$inferInsert;
  readonly contexts: typeof contexts.$inferInsert;
  readonly delegations: typeof delegations.$inferInsert;
  readonly devices: typeof devices.$inferInsert;
  readonly epochs: typeof epochs.$inferInsert;
  readonly facts: typeof facts.$inferInsert;
  readonly footprints: typeof footprints.$inferInsert;
  readonly fragments: typeof fragments.$inferInsert;
  readonly group_keys: typeof groupKeys.$inferInsert;
  readonly keys: typeof keys.$inferInsert;
  readonly leakages: typeof leakages.$inferInsert;
  readonly leaks: typeof leaks.$inferInsert;
  readonly migration_steps: typeof migrationSteps.$inferInsert;
  readonly missing_facts: typeof missingFacts.$inferInsert;
  readonly owners: typeof owners.$inferInsert;
  readonly presentations: typeof presentations.$inferInsert;
  readonly protocols: typeof protocols.$inferInsert;
  readonly receipts: typeof receipts.$inferInsert;
  readonly refusals: typeof refusals.$inferInsert;
  readonly registrations: typeof registrations.$inferInsert;
  readonly replicas: typeof replicas.$inferInsert;
  readonly runtimes: typeof runtimes.$inferInsert;
  readonly seats: typeof seats.$inferInsert;
  readonly sessions: typeof sessions.$inferInsert;
  readonly timers: typeof timers.$inferInsert;
  readonly tokens: typeof tokens.$inferInsert;
  readonly upgrades: typeof upgrades.$inferInsert;
  readonly versions: typeof versions.$inferInsert;
}

export type DerivedTableName = keyof DerivedRows;
export type DerivedRow<N extends DerivedTableName> = DerivedRows[N];

const listed: { readonly [N in DerivedTableName]: true } = {
  authorities: true,
  budget_changes: true,
  budgets: true,
  bundles: true,
  ceremonies: true,
  ceremony_answers: true,
  ceremony_sessions: true,
  composition_phases: true,
  composition_steps: true,
  compositions: true,
  contexts: true,
  delegations: true,
  devices: true,
  epochs: true,
  facts: true,
  footprints: true,
  fragments: true,
  group_keys: true,
  keys: true,
  leakages: true,
  leaks: true,
  migration_steps: true,
  missing_facts: true,
  owners: true,
  presentations: true,
  protocols: true,
  receipts: true,
  refusals: true,
  registrations: true,
  replicas: true,
  runtimes: true,
  seats: true,
  sessions: true,
  timers: true,
  tokens: true,
  upgrades: true,
  versions: true,
};

/** Every table that is a fold of the streams and can be dropped and refolded at any time. */
export const derivedTableNames = Object.keys(listed) as readonly DerivedTableName[];

/**
 * The version of the derivation. Raise it with any change of `derive/` or of a
 * derived table: a store folded with another version refolds when it opens.
 */
export const DERIVED_VERSION = 4;
