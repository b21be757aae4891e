import { and, asc, desc, eq, inArray, lt, or, type SQL, sql } from "drizzle-orm";
import { type BetterSQLite3Database, drizzle } from "drizzle-orm/better-sqlite3";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import type { SessionStatus } from "../derive/derive-session.ts";
import { authorities } from "../schema/authorities.ts";
import { contexts } from "../schema/contexts.ts";
import { devices } from "../schema/devices.ts";
import { protocols } from "../schema/protocols.ts";
import { registrations } from "../schema/registrations.ts";
import { seats } from "../schema/seats.ts";
import { sessions } from "../schema/sessions.ts";
import { versions } from "../schema/versions.ts";
import type { Connection } from "../store/connect.ts";
import { limitOf, type Page, type PageRequest, pageOf } from "./page.ts";

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
  readonly status?: SessionStatus;
}

/** Questions to the derived tables. Lists come newest change first, except versions and sessions of one protocol, likewise newest first. */
export interface DerivedQueries {
  protocols(filter?: ProtocolFilter): Page<ProtocolRow>;
  protocol(id: string): ProtocolRow | undefined;
  /** Versions of a protocol with their source, newest first. */
  versions(protocol: string, page?: PageRequest): Page<VersionRow>;
  /** A version by its id; the newest saving of it, when it was saved more than once. */
  version(protocol: string, version: string): VersionRow | undefined;
  sessions(filter?: SessionFilter): Page<SessionRow>;
  session(id: string): SessionRow | undefined;
  seats(session: string): readonly SeatRow[];
  authorities(page?: PageRequest): Page<AuthorityRow>;
  contexts(page?: PageRequest): Page<ContextRow>;
  registration(protocolId: string): RegistrationRow | undefined;
}

type Orm = BetterSQLite3Database;

const contains = (column: SQLiteColumn, text: string): SQL =>
  sql`instr(lower(${column}), lower(${text})) > 0`;

const protocolColumns = (orm: Orm) => ({
  id: protocols.id,
  name: protocols.name,
  origin: protocols.origin,
  namespace: protocols.namespace,
  hidden: protocols.hidden,
  latest: protocols.latest,
  created: protocols.created,
  updated: protocols.updated,
  head: protocols.head,
  versions: orm.$count(versions, eq(versions.protocol, protocols.id)),
});

const protocolWhere = ({ origin, hidden = false, search, after }: ProtocolFilter): SQL | undefined =>
  and(
    origin === undefined ? undefined : eq(protocols.origin, origin),
    hidden === "any" ? undefined : eq(protocols.hidden, hidden),
    search === undefined || search === ""
      ? undefined
      : or(contains(protocols.name, search), contains(protocols.namespace, search)),
    after === undefined ? undefined : lt(protocols.head, after),
  );

const sessionWhere = ({ protocol, version, parent, status, after }: SessionFilter): SQL | undefined =>
  and(
    protocol === undefined ? undefined : eq(sessions.protocol, protocol),
    version === undefined ? undefined : eq(sessions.version, version),
    parent === undefined ? undefined : eq(sessions.parent, parent),
    status === undefined ? undefined : eq(sessions.status, status),
    after === undefined ? undefined : lt(sessions.head, after),
  );

const authorityPage = (orm: Orm, request: PageRequest): Page<AuthorityRow> => {
  const limit = limitOf(request);
  const rows = orm
    .select()
    .from(authorities)
    .where(request.after === undefined ? undefined : lt(authorities.commit, request.after))
    .orderBy(desc(authorities.commit))
    .limit(limit + 1)
    .all();
  const ids = rows.map(({ id }) => id);
  const owned = orm.select().from(devices).where(inArray(devices.authority, ids)).orderBy(asc(devices.commit)).all();
  const withDevices = rows.map((row) => ({ ...row, devices: owned.filter(({ authority }) => authority === row.id) }));
  return pageOf(withDevices, limit, ({ commit }) => commit);
};

const registryQueries = (orm: Orm) => ({
  protocols: (filter: ProtocolFilter = {}) => {
    const limit = limitOf(filter);
    const rows = orm
      .select(protocolColumns(orm))
      .from(protocols)
      .where(protocolWhere(filter))
      .orderBy(desc(protocols.head))
      .limit(limit + 1)
      .all();
    return pageOf(rows, limit, ({ head }) => head);
  },
  protocol: (id: string) => orm.select(protocolColumns(orm)).from(protocols).where(eq(protocols.id, id)).get(),
  versions: (protocol: string, page: PageRequest = {}) => {
    const limit = limitOf(page);
    const rows = orm
      .select()
      .from(versions)
      .where(
        and(
          eq(versions.protocol, protocol),
          page.after === undefined ? undefined : lt(versions.commit, page.after),
        ),
      )
      .orderBy(desc(versions.commit))
      .limit(limit + 1)
      .all();
    return pageOf(rows, limit, ({ commit }) => commit);
  },
  version: (protocol: string, version: string) =>
    orm
      .select()
      .from(versions)
      .where(and(eq(versions.protocol, protocol), eq(versions.version, version)))
      .orderBy(desc(versions.commit))
      .limit(1)
      .get(),
  registration: (protocolId: string) =>
    orm.select().from(registrations).where(eq(registrations.protocolId, protocolId)).get(),
});

/** The typed questions over one reading connection. */
export const derivedQueries = (connection: Connection): DerivedQueries => {
  const orm = drizzle(connection);
  return {
    ...registryQueries(orm),
    sessions: (filter = {}) => {
      const limit = limitOf(filter);
      const rows = orm
        .select()
        .from(sessions)
        .where(sessionWhere(filter))
        .orderBy(desc(sessions.head))
        .limit(limit + 1)
        .all();
      return pageOf(rows, limit, ({ head }) => head);
    },
    session: (id) => orm.select().from(sessions).where(eq(sessions.id, id)).get(),
    seats: (session) =>
      orm.select().from(seats).where(eq(seats.session, session)).orderBy(asc(seats.role)).all(),
    authorities: (page = {}) => authorityPage(orm, page),
    contexts: (page = {}) => {
      const limit = limitOf(page);
      const rows = orm
        .select()
        .from(contexts)
        .where(page.after === undefined ? undefined : lt(contexts.commit, page.after))
        .orderBy(desc(contexts.commit))
        .limit(limit + 1)
        .all();
      return pageOf(rows, limit, ({ commit }) => commit);
    },
  };
};
