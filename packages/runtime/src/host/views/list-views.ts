import type { StoredEntry } from "@parley/wire";
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
import { sessionStatus } from "../session/session-status.ts";
import type { SessionRecord } from "../streams/workspace-state.ts";
import { entryToJson } from "./entry-json.ts";
import { readView, summaryOf, withState } from "./read-view.ts";
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

/** Summaries by session; whoever keeps one forgets it when the session gets an entry. */
export type SummaryCache = Map<string, SessionSummary>;

/** How a session ended, when its last entry says so: nothing is accepted after that, so it need not be folded. */
const endedSummary = async (core: HostCore, record: SessionRecord): Promise<SessionSummary | undefined> => {
  const head = await core.store.head(record.id);
  const [last] = head === undefined ? [] : await core.store.read(record.id, head.seq, 1);
  const end = last?.entry.events.find(
    ({ kind }) => kind === "completed" || kind === "closed" || kind === "cancelled",
  )?.kind;
  if (last === undefined || (end !== "completed" && end !== "closed" && end !== "cancelled"))
    return undefined;
  const [first] = await core.store.read(record.id, 0, 1);
  const pin = first?.entry.input;
  if (pin?.kind !== "open" && pin?.kind !== "fork") return undefined;
  const offset = record.parent === null ? 0 : record.parent.at + 1;
  const of = { title: pin.title, status: end, head: last.entry.seq + offset, updatedAt: last.entry.at };
  return summaryOf(core, record, of);
};

const foldedSummary = async (core: HostCore, record: SessionRecord): Promise<SessionSummary | undefined> => {
  const found = await withState(core, record.id, undefined, (state, head) =>
    summaryOf(core, record, {
      title: state.pin.title,
      status: sessionStatus(state.machine),
      head,
      updatedAt: state.at,
    }),
  );
  if (found.ok) return found.value;
  const recorded = await readView(core, record.id);
  if (!recorded.ok) return undefined;
  const { title, status, head, updatedAt } = recorded.value;
  return summaryOf(core, record, { title, status, head, updatedAt });
};

/** The position of a session's last durable entry. */
const headOf = async (core: HostCore, record: SessionRecord): Promise<number> => {
  const head = await core.store.head(record.id);
  return (head?.seq ?? -1) + (record.parent === null ? 0 : record.parent.at + 1);
};

const summarise = async (
  core: HostCore,
  cache: SummaryCache,
  record: SessionRecord,
): Promise<SessionSummary | undefined> => {
  const known = cache.get(record.id);
  // The protocol may have been renamed since.
  if (known !== undefined) return summaryOf(core, record, known);
  const summary = (await endedSummary(core, record)) ?? (await foldedSummary(core, record));
  if (summary?.head === (await headOf(core, record))) cache.set(record.id, summary);
  return summary;
};

/** The session list, newest first. */
export const listSessions = async (
  core: HostCore,
  cache: SummaryCache,
  filter: SessionFilter,
): Promise<readonly SessionSummary[]> => {
  const rows: SessionSummary[] = [];
  for (const record of [...core.workspace.durable.sessions.values()].reverse()) {
    if (filter.protocol !== undefined && record.protocol !== filter.protocol) continue;
    if (filter.parent !== undefined && record.parent?.id !== filter.parent) continue;
    const row = await summarise(core, cache, record);
    if (row !== undefined && (filter.status === undefined || row.status === filter.status)) rows.push(row);
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
