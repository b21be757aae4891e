import type { StoredEntry } from "@parley/wire";
import { passThroughGuards } from "../guards/pass-through.ts";
import { SEMANTICS } from "../machine/semantics.ts";
import { authorityHost } from "./authority/authority-host.ts";
import { ContextReplicas } from "./authority/context-replicas.ts";
import { loadSyncs } from "./authority/load-syncs.ts";
import { authorityPorts } from "./authority/ports.ts";
import { Refusals } from "./authority/refusals.ts";
import { loadAuthorities, loadWorkspace, seedWorkspace } from "./boot.ts";
import { resumeCeremonies } from "./ceremonies/answer-ceremony.ts";
import { ceremonyHost } from "./ceremonies/ceremony-host.ts";
import { admissionHost } from "./commands/admission-host.ts";
import { fireAll, firstDeadline } from "./commands/fire-all.ts";
import { forkHostedSession } from "./commands/fork-session.ts";
import { appendInputs } from "./commands/inputs.ts";
import { openHostedSession, previewAdmission } from "./commands/open-session.ts";
import {
  categoriseProtocol,
  changeProtocol,
  createProtocol,
  duplicateProtocol,
  putDraft,
  readProtocol,
  saveVersion,
} from "./commands/protocol-commands.ts";
import { putFindingSettings } from "./commands/put-settings.ts";
import { cancelRun, startRun } from "./commands/run-session.ts";
import { scenarioHost } from "./commands/scenario-commands.ts";
import { compositionHost, loadCompositionDeadlines } from "./compositions/composition-host.ts";
import type { HostCore } from "./core.ts";
import { sessionDebug } from "./debug/session-debug.ts";
import { handoverHost } from "./handover/handover-host.ts";
import type { Host } from "./host-api.ts";
import { done, refused } from "./host-error.ts";
import type { HostOptions } from "./host-options.ts";
import { newCell } from "./ledger/cell.ts";
import { DeadlineIndex } from "./ledger/deadline-index.ts";
import { foldSession, forkPinOf } from "./ledger/fold-session.ts";
import { createSessionCells } from "./ledger/session-cells.ts";
import { createWriter } from "./ledger/writer.ts";
import { migrationHost } from "./migrations/migration-host.ts";
import { createAnalysisCache } from "./protocols/analysis-cache.ts";
import { checkRequest } from "./protocols/check-source.ts";
import { protocolTexts, versionDetail } from "./protocols/protocol-views.ts";
import { replaySession } from "./session/replay-session.ts";
import { contextOf } from "./streams/context-state.ts";
import { exportPieces, exportSession, readStream } from "./transfer/export-session.ts";
import { importSession } from "./transfer/import-session.ts";
import { readEffects, readEnvelope } from "./views/execution-views.ts";
import {
  type FaultedCache,
  listAuthorities,
  listProtocols,
  listSessions,
  liveEvent,
  readPrograms,
} from "./views/list-views.ts";
import { readLog } from "./views/read-log.ts";
import { readView } from "./views/read-view.ts";
import { readSchedule } from "./views/schedule-view.ts";

/** Sessions kept in memory unless the options say otherwise. */
const LIVE_SESSIONS = 1_024;
/** Coroutines and edges kept in memory, of all of them. */
const LIVE_PARTS = 262_144;

/** A listener that throws is a bug of its own: it shows as an unhandled rejection and stops nobody else. */
const tell = (listener: (entry: StoredEntry) => void, entry: StoredEntry): void => {
  try {
    listener(entry);
  } catch (bug) {
    void Promise.reject(bug);
  }
};

const createCore = async (options: HostOptions): Promise<HostCore> => {
  const { store } = options;
  const listeners = new Set<(entry: StoredEntry) => void>();
  const core: HostCore = {
    store,
    drafts: options.drafts,
    clock: options.clock,
    random: options.random,
    guards: passThroughGuards,
    authority: authorityPorts(options.keys, options.tokens),
    yield: options.yield ?? (() => Promise.resolve()),
    writer: createWriter(store, (entries) => {
      for (const entry of entries) for (const listener of listeners) tell(listener, entry);
    }),
    workspace: newCell(await loadWorkspace(store)),
    authorities: new Map(),
    contexts: new Map(),
    sessions: createSessionCells(
      store,
      { sessions: options.liveSessions ?? LIVE_SESSIONS, parts: LIVE_PARTS },
      // Its context is read again with it.
      (stream) => {
        if (core.contexts.get(contextOf(stream))?.pending === 0) core.contexts.delete(contextOf(stream));
      },
    ),
    catalogue: new Map((options.seed ?? []).map((protocol) => [protocol.id, protocol])),
    analyses: createAnalysisCache(),
    listeners,
    running: new Map(),
    runs: new Map(),
    deadlines: new DeadlineIndex(),
    ceremonyDeadlines: new DeadlineIndex(),
    forkBases: new Map(),
    denied: new Set(),
    deniedKnown: false,
    refusals: new Refusals(),
    replicas: new ContextReplicas(store),
    testing: options.testing,
    serviceDeadlines: new DeadlineIndex(),
    backend: options.backend,
    closing: false,
  };
  await loadAuthorities(core);
  const failed = await seedWorkspace(core);
  // A database that can only be read still shows what it holds.
  if (failed !== undefined && (failed.kind !== "store-readonly" || core.workspace.durable.seq < 0))
    throw new Error(`the workspace could not be made: ${failed.kind}`);
  for (const { stream, deadline } of await store.deadlines()) core.deadlines.set(stream, deadline);
  loadCompositionDeadlines(core);
  await loadSyncs(core);
  return core;
};

const replay = async (core: HostCore, id: string): ReturnType<Host["replay"]> => {
  const head = await core.store.head(id);
  if (head === undefined) return refused({ code: "PAR7001", kind: "not-found", what: "session", id });
  const entries = await readStream(core.store, id, head.seq);
  const fork = forkPinOf(entries[0]);
  const parent = fork && (await foldSession(core.store, fork.parent, fork.at));
  const replayed = replaySession(id, entries, parent?.ok ? parent.state : undefined);
  return done({ ok: replayed.ok, head: replayed.head, findings: replayed.findings });
};

const readVersions = (core: HostCore, id: string): Awaited<ReturnType<Host["versions"]>> => {
  const record = core.workspace.durable.protocols.get(id);
  return record === undefined
    ? refused({ code: "PAR7001", kind: "not-found", what: "protocol", id })
    : done([...record.versions].reverse().map((version) => versionDetail(core, version)));
};

const log = async (core: HostCore, id: string, from: number, limit: number): ReturnType<Host["log"]> => {
  const record = core.workspace.durable.sessions.get(id);
  const own = await core.store.head(id);
  if (record === undefined || own === undefined)
    return refused({ code: "PAR7001", kind: "not-found", what: "session", id });
  const head = own.seq + (record.parent === null ? 0 : record.parent.at + 1);
  return done({ items: await readLog(core.store, id, from, limit), head });
};

/**
 * A host over a store. A fresh store gets its workspace, a cast of
 * authorities and the catalogue; a store with a workspace is taken as it is.
 * Throws only when that first commit fails.
 *
 * @example
 * const store = memoryStore();
 * const host = await createHost({ store, drafts: store, clock, random });
 */
export const createHost = async (options: HostOptions): Promise<Host> => {
  const core = await createCore(options);
  await resumeCeremonies(core);
  const faulted: FaultedCache = new Map();
  return {
    semantics: SEMANTICS,
    ...sessionDebug(core),
    ...scenarioHost(core),
    ...admissionHost(core),
    ...authorityHost(core),
    ...handoverHost(core),
    ...ceremonyHost(core),
    ...migrationHost(core),
    ...compositionHost(core),
    lastCommit: () => core.store.lastCommit(),
    listProtocols: (filter = {}) => listProtocols(core, filter),
    protocol: (id) => readProtocol(core, id),
    createProtocol: (caller, request) => createProtocol(core, caller, request),
    renameProtocol: (caller, id, { name }) =>
      changeProtocol(core, caller, { kind: "protocol.renamed", id, name }),
    categoriseProtocol: (caller, id, { category }) =>
      categoriseProtocol(core, caller, id, category ?? undefined),
    hideProtocol: (caller, id) => changeProtocol(core, caller, { kind: "protocol.hidden", id }),
    restoreProtocol: (caller, id) => changeProtocol(core, caller, { kind: "protocol.restored", id }),
    duplicateProtocol: (caller, id) => duplicateProtocol(core, caller, id),
    putDraft: (id, request) => putDraft(core, id, request),
    versions: async (id) => readVersions(core, id),
    saveVersion: (caller, id, request) => saveVersion(core, caller, id, request),
    texts: () => protocolTexts(core),
    check: (request) => checkRequest(core, request),
    findingSettings: () => ({ severities: { ...core.workspace.durable.severities } }),
    putFindingSettings: (caller, request) => putFindingSettings(core, caller, request),
    admission: async (request) => previewAdmission(core, request),
    openSession: (caller, request) => openHostedSession(core, caller, request),
    listSessions: (filter = {}) => listSessions(core, faulted, filter),
    view: (id, at) => readView(core, id, at),
    programs: (id) => readPrograms(core, id),
    inputs: (caller, id, request) => appendInputs(core, caller, id, request),
    run: (caller, id, request) => startRun(core, caller, id, request),
    runEnded: async (id) => core.runs.get(id)?.ended,
    cancelRun: async (id) => cancelRun(core, id),
    log: (id, from, limit) => log(core, id, from, limit),
    schedule: (id, at) => readSchedule(core, id, at),
    envelope: (id, at) => readEnvelope(core, id, at),
    effects: (id, from, limit) => readEffects(core, id, from, limit),
    fork: (caller, id, request) => forkHostedSession(core, caller, id, request),
    exportSession: (id) => exportSession(core, id),
    exportPieces: (id) => exportPieces(core, id),
    importSession: (caller, file) => importSession(core, caller, file),
    replay: (id) => replay(core, id),
    nextDeadline: () => firstDeadline(core),
    fireTimers: (now) => fireAll(core, now),
    authorities: () => listAuthorities(core),
    subscribe: (listener) => {
      core.listeners.add(listener);
      return () => void core.listeners.delete(listener);
    },
    liveEvent: (entry) => liveEvent(core, entry),
    liveAfter: async (commit, limit) =>
      (await core.store.readCommits(commit, limit)).map((entry) => liveEvent(core, entry)),
    close: async () => {
      core.closing = true;
      await Promise.all([...core.runs.values()].map(({ ended }) => ended));
      await core.writer.idle();
    },
  };
};
