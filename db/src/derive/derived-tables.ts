import { authorities } from "../schema/authorities.ts";
import { contexts } from "../schema/contexts.ts";
import { devices } from "../schema/devices.ts";
import { protocols } from "../schema/protocols.ts";
import { registrations } from "../schema/registrations.ts";
import { seats } from "../schema/seats.ts";
import { sessions } from "../schema/sessions.ts";
import { versions } from "../schema/versions.ts";

/** Every table that is a fold of the streams and can be dropped and refolded at any time. */
export const derivedTables = {
  authorities,
  contexts,
  devices,
  protocols,
  registrations,
  seats,
  sessions,
  versions,
} as const;

export type DerivedTableName = keyof typeof derivedTables;
export type DerivedRow<N extends DerivedTableName> = (typeof derivedTables)[N]["$inferInsert"];

/**
 * The version of the derivation. Raise it with any change of `derive/` or of a
 * derived table: a store folded with another version refolds when it opens.
 */
export const DERIVED_VERSION = 1;
