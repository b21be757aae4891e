import type { RecordedStatus } from "@parley/wire";
import type { authorities } from "../schema/authorities.ts";
import type { contexts } from "../schema/contexts.ts";
import type { devices } from "../schema/devices.ts";
import type { protocols } from "../schema/protocols.ts";
import type { registrations } from "../schema/registrations.ts";
import type { seats } from "../schema/seats.ts";
import type { sessions } from "../schema/sessions.ts";
import type { versions } from "../schema/versions.ts";
import type { Page, PageRequest } from "./page.ts";

export type ProtocolRow = typeof protocols.$inferSelect & { readonly versions: number };
export type VersionRow = typeof versions.$inferSelect;
export type SessionRow = typeof sessions.$inferSelect;
export type SeatRow = typeof seats.$inferSelect;
export type DeviceRow = typeof devices.$inferSelect;
export type AuthorityRow = typeof authorities.$inferSelect & { readonly devices: readonly DeviceRow[] };
export type ContextRow = typeof contexts.$inferSelect;
export type RegistrationRow = typeof registrations.$inferSelect;

export interface ProtocolFilter extends PageRequest {
  readonly origin?: "catalogue" | "mine";
  /** Hidden ones only (`true`), visible ones only (`false`, the default), or `any`. */
  readonly hidden?: boolean | "any";
  /** Part of a name or namespace, whatever its case. */
  readonly search?: string;
}

export interface SessionFilter extends PageRequest {
  readonly protocol?: string;
  readonly version?: string;
  /** Forks of this session. */
  readonly parent?: string;
  readonly status?: RecordedStatus;
}

/** Questions to the derived tables. Lists come newest change first, except versions and sessions of one protocol, likewise newest first. */
export interface DerivedQueries {
  protocols(filter?: ProtocolFilter): Promise<Page<ProtocolRow>>;
  protocol(id: string): Promise<ProtocolRow | undefined>;
  /** Versions of a protocol with their source, newest first. */
  versions(protocol: string, page?: PageRequest): Promise<Page<VersionRow>>;
  /** A version by its id; the newest saving of it, when it was saved more than once. */
  version(protocol: string, version: string): Promise<VersionRow | undefined>;
  sessions(filter?: SessionFilter): Promise<Page<SessionRow>>;
  session(id: string): Promise<SessionRow | undefined>;
  seats(session: string): Promise<readonly SeatRow[]>;
  authorities(page?: PageRequest): Promise<Page<AuthorityRow>>;
  contexts(page?: PageRequest): Promise<Page<ContextRow>>;
  registration(protocolId: string): Promise<RegistrationRow | undefined>;
}
