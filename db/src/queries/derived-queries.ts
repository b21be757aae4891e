import { and, asc, desc, eq, inArray, lt, or, type SQL, sql } from "drizzle-orm";
import { type BetterSQLite3Database, drizzle } from "drizzle-orm/better-sqlite3";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import { authorities } from "../schema/authorities.ts";
import { contexts } from "../schema/contexts.ts";
import { devices } from "../schema/devices.ts";
import { protocols } from "../schema/protocols.ts";
import { registrations } from "../schema/registrations.ts";
import { seats } from "../schema/seats.ts";
import { sessions } from "../schema/sessions.ts";
import { versions } from "../schema/versions.ts";
import type { Connection } from "../store/connect.ts";
import type { AuthorityRow, DerivedQueries, ProtocolFilter, SessionFilter } from "./derived-queries-port.ts";
import { limitOf, type Page, type PageRequest, pageOf } from "./page.ts";

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
  const owned = orm
    .select()
    .from(devices)
    .where(inArray(devices.authority, ids))
    .orderBy(asc(devices.commit))
    .all();
  const withDevices = rows.map((row) => ({
    ...row,
    devices: owned.filter(({ authority }) => authority === row.id),
  }));
  return pageOf(withDevices, limit, ({ commit }) => commit);
};

const registryQueries = (orm: Orm) => ({
  protocols: async (filter: ProtocolFilter = {}) => {
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
  protocol: async (id: string) =>
    orm.select(protocolColumns(orm)).from(protocols).where(eq(protocols.id, id)).get(),
  versions: async (protocol: string, page: PageRequest = {}) => {
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
  version: async (protocol: string, version: string) =>
    orm
      .select()
      .from(versions)
      .where(and(eq(versions.protocol, protocol), eq(versions.version, version)))
      .orderBy(desc(versions.commit))
      .limit(1)
      .get(),
  registration: async (protocolId: string) =>
    orm.select().from(registrations).where(eq(registrations.protocolId, protocolId)).get(),
});

/** The typed questions over one reading connection. Loaded at the first question: see `lazy-queries.ts`. */
export const derivedQueries = (connection: Connection): DerivedQueries => {
  const orm = drizzle(connection);
  return {
    ...registryQueries(orm),
    sessions: async (filter = {}) => {
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
    session: async (id) => orm.select().from(sessions).where(eq(sessions.id, id)).get(),
    seats: async (session) =>
      orm.select().from(seats).where(eq(seats.session, session)).orderBy(asc(seats.role)).all(),
    authorities: async (page = {}) => authorityPage(orm, page),
    contexts: async (page = {}) => {
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
