import type { SessionRow, StoredEntry } from "@parley/wire";
import type {
  AuthorityDetail,
  LiveEvent,
  Programs,
  ProtocolSummary,
  SessionSummary,
} from "@parley/wire/http";
import { listing } from "../../machine/code/listing.ts";
import type { HostCore } from "../core.ts";
import type { ProtocolFilter, SessionFilter } from "../host-api.ts";
import type { Result } from "../host-error.ts";
import { protocolSummary } from "../protocols/protocol-views.ts";
import type { SessionStatusName } from "../session/session-state.ts";
import { sessionStatus } from "../session/session-status.ts";
import { entryToJson } from "./entry-json.ts";
import { summaryOf, withState } from "./read-view.ts";
import { typeText } from "./type-text.ts";

/** The protocol list: catalogue and mine, hidden ones only when asked for. */
export const listProtocols = async (
  core: HostCore,
  filter: ProtocolFilter,
): Promise<readonly ProtocolSummary[]> => {
  const q = filter.q?.trim().toLowerCase() ?? "";
  const records = [...core.workspace.durable.protocols.values()].filter(
    (record) =>
      (filter.hidden === true || !record.hidden) &&
      (filter.origin === undefined || record.origin === filter.origin),
  );
  const rows = await Promise.all(
    records.map(async (record) => protocolSummary(core, record, await core.drafts.draft(record.id))),
  );
  return rows.filter((row) =>
    [row.name, row.namespace ?? "", ...row.roles].some((text) => text.toLowerCase().includes(q)),
  );
};

/** How sessions stand in which a role faulted, with the seq of the entry that left them so. */
export type FaultedCache = Map<string, { readonly seq: number; readonly status: SessionStatusName }>;

/** A session in which a role faulted goes on while others can run: only its fold says whether any can. */
const faultedStatus = async (
  core: HostCore,
  cache: FaultedCache,
  { stream, seq }: SessionRow,
): Promise<SessionStatusName> => {
  const known = cache.get(stream);
  if (known?.seq === seq) return known.status;
  const found = await withState(core, stream, undefined, ({ machine }) => sessionStatus(machine));
  const status = found.ok ? found.value : "faulted";
  cache.set(stream, { seq, status });
  return status;
};

const statusOf = async (core: HostCore, cache: FaultedCache, row: SessionRow): Promise<SessionStatusName> => {
  if (row.status === "faulted") return faultedStatus(core, cache, row);
  return row.status === "open" ? "active" : row.status;
};

/** The session list, newest first, as the store derived it: sessions that run are not folded for it. */
export const listSessions = async (
  core: HostCore,
  cache: FaultedCache,
  filter: SessionFilter,
): Promise<readonly SessionSummary[]> => {
  const rows: SessionSummary[] = [];
  const known = new Map((await core.store.sessionRows()).map((row) => [row.stream, row]));
  for (const record of [...core.workspace.durable.sessions.values()].reverse()) {
    if (filter.protocol !== undefined && record.protocol !== filter.protocol) continue;
    if (filter.parent !== undefined && record.parent?.id !== filter.parent) continue;
    const row = known.get(record.id);
    if (row === undefined) continue;
    const status = await statusOf(core, cache, row);
    if (filter.status !== undefined && status !== filter.status) continue;
    const head = row.seq + (record.parent === null ? 0 : record.parent.at + 1);
    rows.push(summaryOf(core, record, { title: row.title, status, head, updatedAt: row.at }));
  }
  return rows;
};

/** The programs of a session's image. */
export const readPrograms = (core: HostCore, id: string): Promise<Result<Programs>> =>
  withState(core, id, undefined, ({ image }) => ({
    roles: image.roles.flatMap((role, index) => {
      const program = image.programs[index];
      if (program === undefined) return [];
      const lines = listing(program).map(({ pc, text, edgeIds }) => ({
        pc,
        text,
        edgeId: edgeIds[0] ?? null,
      }));
      return [{ role, type: typeText(program, program.start), program: lines }];
    }),
  }));

/** The cast with its devices. */
export const listAuthorities = (core: HostCore): readonly AuthorityDetail[] =>
  [...core.authorities.values()].map(({ durable }) => ({
    id: durable.stream,
    name: durable.name,
    hue: durable.hue,
    devices: durable.devices.map(({ id, name }) => ({ id, name })),
  }));

const kindOf = (core: HostCore, stream: string): LiveEvent["kind"] => {
  if (stream.startsWith("ctx:")) return "context";
  if (core.authorities.has(stream)) return "authority";
  return core.workspace.durable.stream === stream ? "workspace" : "session";
};

/** An entry as the live stream shows it, at its position. */
export const liveEvent = (core: HostCore, stored: StoredEntry): LiveEvent => {
  const parent = core.workspace.durable.sessions.get(stored.stream)?.parent ?? null;
  return {
    commit: stored.commit,
    stream: stored.stream,
    kind: kindOf(core, stored.stream),
    entry: entryToJson(stored, parent === null ? 0 : parent.at + 1),
  };
};
