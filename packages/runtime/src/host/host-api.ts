import type { StoredEntry } from "@parley/wire";
import type {
  AdmissionReport,
  AuthorityDetail,
  CheckRequest,
  CheckResponse,
  DraftRevision,
  EffectStream,
  EntryJson,
  EnvelopeView,
  FindingSettings,
  ForkRequest,
  InputsRequest,
  InputsResponse,
  LiveEvent,
  OpenSessionRequest,
  Programs,
  ProtocolDetail,
  ProtocolSummary,
  ProtocolText,
  RunRequest,
  ScheduleView,
  SessionSummary,
  SessionView,
  VersionDetail,
} from "@parley/wire/http";
import type { AuthorityHost } from "./authority/authority-host.ts";
import type { Caller } from "./caller.ts";
import type { CeremonyHost } from "./ceremonies/ceremony-host.ts";
import type { AdmissionHost } from "./commands/admission-host.ts";
import type { ScenarioHost } from "./commands/scenario-commands.ts";
import type { CompositionHost } from "./compositions/composition-host.ts";
import type { SessionDebug } from "./debug/session-debug.ts";
import type { HandoverHost } from "./handover/handover-host.ts";
import type { Result } from "./host-error.ts";
import type { MigrationHost } from "./migrations/migration-host.ts";

export interface ProtocolFilter {
  readonly q?: string;
  readonly origin?: "catalogue" | "mine";
  /** True lists the hidden ones too. */
  readonly hidden?: boolean;
}

export interface SessionFilter {
  readonly protocol?: string;
  readonly status?: string;
  readonly parent?: string;
}

/** How a replay went: the head it reached and every difference it found. */
export interface ReplayReport {
  readonly ok: boolean;
  readonly head: number;
  readonly findings: readonly {
    readonly stream: string;
    readonly seq: number;
    readonly what: string;
    readonly expected: string;
    readonly actual: string;
  }[];
}

/**
 * The session host: one workspace, its streams, every command of the HTTP
 * interface. Commands answer once what they wrote is durable; views show only
 * what is durable.
 */
export interface Host
  extends SessionDebug,
    AdmissionHost,
    ScenarioHost,
    AuthorityHost,
    MigrationHost,
    CompositionHost,
    HandoverHost,
    CeremonyHost {
  readonly semantics: number;
  lastCommit(): Promise<number>;

  listProtocols(filter?: ProtocolFilter): Promise<readonly ProtocolSummary[]>;
  protocol(id: string): Promise<Result<ProtocolDetail>>;
  createProtocol(
    caller: Caller,
    request: { readonly name: string; readonly source?: string },
  ): Promise<Result<ProtocolDetail>>;
  renameProtocol(
    caller: Caller,
    id: string,
    request: { readonly name: string },
  ): Promise<Result<ProtocolDetail>>;
  /** Picks the operation category of a protocol whose page declares none; null takes it back. */
  categoriseProtocol(
    caller: Caller,
    id: string,
    request: { readonly category: "A" | "B" | "C" | null },
  ): Promise<Result<ProtocolDetail>>;
  /** Hidden, never deleted: sessions pin its versions. */
  hideProtocol(caller: Caller, id: string): Promise<Result<ProtocolDetail>>;
  restoreProtocol(caller: Caller, id: string): Promise<Result<ProtocolDetail>>;
  duplicateProtocol(caller: Caller, id: string): Promise<Result<ProtocolDetail>>;
  putDraft(
    id: string,
    request: { readonly source: string; readonly baseRevision: number },
  ): Promise<Result<DraftRevision>>;
  /** Newest first. */
  versions(id: string): Promise<Result<readonly VersionDetail[]>>;
  saveVersion(
    caller: Caller,
    id: string,
    request: { readonly source: string; readonly label?: string | undefined },
  ): Promise<Result<VersionDetail>>;
  /** The present texts of all protocols that are shown, oldest first. */
  texts(): Promise<readonly ProtocolText[]>;
  /** Judges a text and keeps nothing. */
  check(request: CheckRequest): CheckResponse;
  findingSettings(): FindingSettings;
  putFindingSettings(caller: Caller, request: FindingSettings): Promise<Result<FindingSettings>>;

  admission(request: OpenSessionRequest): Promise<Result<AdmissionReport>>;
  openSession(
    caller: Caller,
    request: OpenSessionRequest,
  ): Promise<Result<{ readonly session: SessionView; readonly admission: AdmissionReport }>>;
  /** Newest first. */
  listSessions(filter?: SessionFilter): Promise<readonly SessionSummary[]>;
  /** The session at its durable head, or at an earlier position. */
  view(id: string, at?: number): Promise<Result<SessionView>>;
  programs(id: string): Promise<Result<Programs>>;
  inputs(caller: Caller, id: string, request: InputsRequest): Promise<Result<InputsResponse>>;
  /** Starts a run; its progress is in `view(id).run`. */
  run(caller: Caller, id: string, request: RunRequest): Promise<Result<{ readonly id: string }>>;
  /** Resolves when no run of the session is active. */
  runEnded(id: string): Promise<void>;
  cancelRun(id: string): Promise<Result<null>>;
  log(
    id: string,
    from: number,
    limit: number,
  ): Promise<Result<{ readonly items: readonly EntryJson[]; readonly head: number }>>;
  /** Who runs next and by which rule, who waits for what, and what the session is held to. */
  schedule(id: string, at?: number): Promise<Result<ScheduleView>>;
  /** How a session that runs in waves compares with the canonical run, and what its policy says of it. */
  envelope(id: string, at?: number): Promise<Result<EnvelopeView>>;
  /** What the session exchanged with its host, as structured effect events, for up to `limit` entries. */
  effects(id: string, from: number, limit: number): Promise<Result<EffectStream>>;
  fork(caller: Caller, id: string, request: ForkRequest): Promise<Result<SessionView>>;
  exportSession(id: string): Promise<Result<Uint8Array>>;
  /** The same, piece by piece. */
  exportPieces(id: string): Promise<Result<AsyncIterable<Uint8Array>>>;
  /** Takes in a file, whole or as it arrives; rejects with what the file throws, and then nothing is kept. */
  importSession(caller: Caller, file: Uint8Array | AsyncIterable<Uint8Array>): Promise<Result<SessionView>>;
  /** Folds the session again from its first entry and compares every event and hash. */
  replay(id: string): Promise<Result<ReplayReport>>;

  /** When the first running timer of all sessions on a real clock runs out (ms); `undefined` when none runs. */
  nextDeadline(): number | undefined;
  /**
   * Fires the timers of such sessions that are due at `now`, by (deadline, id)
   * within each, as inputs of actor kind `timer`; answers how many. The shell
   * calls it at the next deadline and after a start; anything else asked of a
   * session fires its overdue timers first anyway.
   */
  fireTimers(now: number): Promise<number>;

  authorities(): readonly AuthorityDetail[];

  /** Called once per durable entry, in commit order. Returns how to stop. */
  subscribe(listener: (entry: StoredEntry) => void): () => void;
  /** An entry as the live stream shows it: a fork's entries carry their position, not their own seq. */
  liveEvent(entry: StoredEntry): LiveEvent;
  /** Entries with `commit > after`: how a live view resumes. */
  liveAfter(commit: number, limit: number): Promise<readonly LiveEvent[]>;
  /** Waits for what was accepted to be durable; later commands are refused. Does not close the store. */
  close(): Promise<void>;
}
