import type { Entry, MachineEvent, SessionPin } from "@parley/wire";
import type { SessionSummary, SessionView } from "@parley/wire/http";
import { UnitBook } from "../authority/unit-book.ts";
import { ceremonyOfSession } from "../ceremonies/session-ceremony.ts";
import type { HostCore } from "../core.ts";
import { done, type Result, refused } from "../host-error.ts";
import { foldSession } from "../ledger/fold-session.ts";
import type { SessionState, SessionStatusName } from "../session/session-state.ts";
import { sessionStatus } from "../session/session-status.ts";
import type { SessionRecord } from "../streams/workspace-state.ts";
import { readPositions } from "./read-log.ts";
import { sessionLanes } from "./session-lanes.ts";
import { sessionView } from "./session-view.ts";
import { entrySummary } from "./summary.ts";

/**
 * Hands the durable state at a position to `use`: the live one when all of it
 * is durable, else the log folded again. `use` must read at once: the live
 * state moves on with the next command.
 */
export const withState = async <T>(
  core: HostCore,
  id: string,
  at: number | undefined,
  use: (state: SessionState, head: number) => T,
): Promise<Result<T>> => {
  const loaded = await core.sessions.load(id);
  if (!loaded.ok) return loaded;
  const { cell } = loaded;
  const head = cell.durable;
  if (head < 0) return refused({ code: "PAR7001", kind: "not-found", what: "session", id });
  const position = at ?? head;
  if (position > head) return refused({ code: "PAR7013", kind: "bad-position", at: position, head });
  if (cell.pending === 0 && !cell.dropped && position === cell.state.position)
    return done(use(cell.state, head));
  const folded = await foldSession(core.store, id, position);
  if (folded.ok) return done(use(folded.state, head));
  return refused({ code: "PAR7501", kind: "read-only-session", session: id, why: folded.why });
};

const protocolName = (core: HostCore, protocol: string): string =>
  core.workspace.durable.protocols.get(protocol)?.name ?? protocol;

/** The row of a session in lists. */
export const summaryOf = (
  core: HostCore,
  record: SessionRecord,
  of: {
    readonly title: string;
    readonly status: SessionStatusName;
    readonly head: number;
    readonly updatedAt: number;
  },
): SessionSummary => ({
  id: record.id,
  title: of.title,
  protocol: { id: record.protocol, name: protocolName(core, record.protocol) },
  version: record.version,
  status: of.status,
  head: of.head,
  parent: record.parent,
  createdAt: record.createdAt,
  updatedAt: of.updatedAt,
});

/** The text of a session's version and the texts that imports. */
export const textOf = (
  core: HostCore,
  record: SessionRecord,
): { readonly source: string; readonly imports: SessionView["imports"] } => {
  const own = core.workspace.durable.protocols.get(record.protocol);
  const found = own?.versions.find(({ version }) => version === record.version);
  return { source: found?.source ?? "", imports: [...(found?.imports ?? [])] };
};

const branchesOf = async (core: HostCore, id: string): Promise<SessionView["branches"]> => {
  const forks = [...core.workspace.durable.sessions.values()].filter(({ parent }) => parent?.id === id);
  return Promise.all(
    forks.map(async (fork) => {
      const [first] = await core.store.read(fork.id, 0, 1);
      const pin = first?.entry.input;
      return { id: fork.id, title: pin?.kind === "fork" ? pin.title : fork.id, at: fork.parent?.at ?? 0 };
    }),
  );
};

const entryAt = async (core: HostCore, id: string, position: number): Promise<Entry | undefined> =>
  (await readPositions(core.store, id, position, 1))[0]?.stored.entry;

/** The roles of a session that were denied and may try again now. */
const retriesOf = (core: HostCore, state: SessionState): readonly string[] => {
  if (state.denials.length === 0) return [];
  const base = core.forkBases.get(state.stream);
  if (state.fork !== undefined && base === undefined) return [];
  const hooks = new UnitBook(core, state, { context: undefined, base }).hooks();
  return state.denials.flatMap((denied) => (hooks?.retry(state, denied) === undefined ? [] : [denied.role]));
};

/** The session at a position, the durable head by default. */
export const readView = async (core: HostCore, id: string, at?: number): Promise<Result<SessionView>> => {
  const record = core.workspace.durable.sessions.get(id);
  if (record === undefined) return refused({ code: "PAR7001", kind: "not-found", what: "session", id });
  const found = await withState(core, id, at, (state, head) => ({
    ...sessionView(state, {
      summary: summaryOf(core, record, {
        title: state.pin.title,
        status: sessionStatus(state.machine),
        head,
        updatedAt: state.at,
      }),
      ...textOf(core, record),
      run: core.runs.get(id),
      retries: state.position === head ? retriesOf(core, state) : [],
    }),
    ...sessionLanes(core, state, head),
  }));
  if (!found.ok)
    return found.error.kind === "read-only-session" ? recordedView(core, record, found.error.why, at) : found;
  const shown = found.value;
  const [entry, branches] = await Promise.all([entryAt(core, id, shown.at), branchesOf(core, id)]);
  const words = entry === undefined ? "" : entrySummary(entry);
  return done({ ...shown, ...ceremonyOfSession(core, id), summary: words, branches });
};

/** What a log that cannot be folded here still says: its pin and its recorded events. */
const recordedView = async (
  core: HostCore,
  record: SessionRecord,
  why: string,
  at: number | undefined,
): Promise<Result<SessionView>> => {
  const head = await core.store.head(record.id);
  const [first] = await core.store.read(record.id, 0, 1);
  const pin = first?.entry.input;
  const position = at ?? head?.seq ?? 0;
  const entry = await entryAt(core, record.id, position);
  if (pin?.kind !== "open" || entry === undefined || head === undefined)
    return refused({ code: "PAR7501", kind: "read-only-session", session: record.id, why });
  const summary = summaryOf(core, record, {
    title: pin.title,
    status: "active",
    head: head.seq,
    updatedAt: entry.at,
  });
  return done({ ...summary, ...recordedParts(pin, entry), readOnly: why, ...textOf(core, record) });
};

const lastTick = (events: readonly MachineEvent[]): number => events.at(-1)?.tick ?? 0;

const recordedParts = (pin: SessionPin, entry: Entry) => ({
  at: entry.seq,
  clock: pin.clock,
  clockAt: entry.at,
  tick: lastTick(entry.events),
  semantics: pin.semantics,
  image: pin.image,
  families: pin.families,
  names: pin.names,
  policy: pin.policy,
  decisions: pin.decisions,
  drive: pin.drive,
  roles: pin.seats.map((seat) => ({ role: seat.role, family: null, seat, paused: false, endpoints: [] })),
  edges: [],
  next: [],
  summary: entrySummary(entry),
  waiting: true,
  protocolHash: entry.protocolHash,
  stateHash: entry.stateHash,
  branches: [],
  run: null,
});
