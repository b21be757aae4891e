import type { authorities } from "../schema/authorities.ts";
import type { contexts } from "../schema/contexts.ts";
import type { devices } from "../schema/devices.ts";
import type { protocols } from "../schema/protocols.ts";
import type { registrations } from "../schema/registrations.ts";
import type { seats } from "../schema/seats.ts";
import type { sessions } from "../schema/sessions.ts";
import type { timers } from "../schema/timers.ts";
import type { versions } from "../schema/versions.ts";

/** A row of each derived table. Types only: the writer thread starts without loading Drizzle. */
export interface DerivedRows {
  readonly authorities: typeof authorities.$inferInsert;
  readonly contexts: typeof contexts.$inferInsert;
  readonly devices: typeof devices.$inferInsert;
  readonly protocols: typeof protocols.$inferInsert;
  readonly registrations: typeof registrations.$inferInsert;
  readonly seats: typeof seats.$inferInsert;
  readonly sessions: typeof sessions.$inferInsert;
  readonly timers: typeof timers.$inferInsert;
  readonly versions: typeof versions.$inferInsert;
}

export type DerivedTableName = keyof DerivedRows;
export type DerivedRow<N extends DerivedTableName> = DerivedRows[N];

const listed: { readonly [N in DerivedTableName]: true } = {
  authorities: true,
  contexts: true,
  devices: true,
  protocols: true,
  registrations: true,
  seats: true,
  sessions: true,
  timers: true,
  versions: true,
};

/** Every table that is a fold of the streams and can be dropped and refolded at any time. */
export const derivedTableNames = Object.keys(listed) as readonly DerivedTableName[];

/**
 * The version of the derivation. Raise it with any change of `derive/` or of a
 * derived table: a store folded with another version refolds when it opens.
 */
export const DERIVED_VERSION = 2;
