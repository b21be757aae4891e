import type { Connection } from "../store/connect.ts";
import type { DerivedQueries } from "./derived-queries-port.ts";

/**
 * The queries, loading Drizzle at the first one: half a second that neither the
 * start of a process nor one that only appends has to pay.
 */
export const lazyQueries = (connection: Connection): DerivedQueries => {
  let loading: Promise<DerivedQueries> | undefined;
  const load = (): Promise<DerivedQueries> => {
    loading ??= import("./derived-queries.ts").then(({ derivedQueries }) => derivedQueries(connection));
    return loading;
  };
  return {
    protocols: async (filter) => (await load()).protocols(filter),
    protocol: async (id) => (await load()).protocol(id),
    versions: async (protocol, page) => (await load()).versions(protocol, page),
    version: async (protocol, version) => (await load()).version(protocol, version),
    sessions: async (filter) => (await load()).sessions(filter),
    session: async (id) => (await load()).session(id),
    seats: async (session) => (await load()).seats(session),
    authorities: async (page) => (await load()).authorities(page),
    contexts: async (page) => (await load()).contexts(page),
    registration: async (protocolId) => (await load()).registration(protocolId),
  };
};
