import type { StoredEntry } from "@parley/wire";
import type { GuardChain } from "../guards/guard-chain.ts";
import type { ContextReplicas } from "./authority/context-replicas.ts";
import type { ForkBase } from "./authority/fork-base.ts";
import type { AuthorityPorts } from "./authority/ports.ts";
import type { Refusals } from "./authority/refusals.ts";
import type { RunRecord } from "./commands/run-record.ts";
import type { HostTesting, SeedProtocol } from "./host-options.ts";
import type { Cell } from "./ledger/cell.ts";
import type { DeadlineIndex } from "./ledger/deadline-index.ts";
import type { SessionCells } from "./ledger/session-cells.ts";
import type { Writer } from "./ledger/writer.ts";
import type { ClockPort, DraftStore, LogStore, RandomPort } from "./ports.ts";
import type { AnalysisCache } from "./protocols/analysis-cache.ts";
import type { AuthorityState } from "./streams/authority-state.ts";
import type { ContextState } from "./streams/context-state.ts";
import type { WorkspaceState } from "./streams/workspace-state.ts";

/** The name of the one workspace stream of a store. */
export const WORKSPACE = "workspace";

/** What every command of one host shares. Only the ledger changes what is in it. */
export interface HostCore {
  readonly store: LogStore;
  readonly drafts: DraftStore;
  readonly clock: ClockPort;
  readonly random: RandomPort;
  /** What answers guards where there are no ports to judge with. */
  readonly guards: GuardChain;
  readonly authority: AuthorityPorts | undefined;
  readonly yield: () => Promise<void>;
  readonly writer: Writer;
  readonly workspace: Cell<WorkspaceState>;
  /** In order of creation. */
  readonly authorities: Map<string, Cell<AuthorityState>>;
  readonly contexts: Map<string, Cell<ContextState>>;
  readonly sessions: SessionCells;
  /** What each what-if in memory stands on. */
  readonly forkBases: Map<string, ForkBase>;
  /** Pages and scenarios of the catalogue, by protocol id. */
  readonly catalogue: ReadonlyMap<string, SeedProtocol>;
  readonly analyses: AnalysisCache;
  readonly listeners: Set<(entry: StoredEntry) => void>;
  /** Request hashes of commands that are running, by actor and key. */
  readonly running: Map<string, string>;
  readonly runs: Map<string, RunRecord>;
  /** When the first timer of each session on a real clock runs out. */
  readonly deadlines: DeadlineIndex;
  /** From when on each live ceremony is overdue. */
  readonly ceremonyDeadlines: DeadlineIndex;
  /** Eager sessions in which somebody was denied. */
  readonly denied: Set<string>;
  /** Whether those of before the start are among them. */
  deniedKnown: boolean;
  readonly refusals: Refusals;
  readonly replicas: ContextReplicas;
  readonly testing: HostTesting | undefined;
  /** When compositions are given up, and replicas that did not reach each other are tried again. */
  readonly serviceDeadlines: DeadlineIndex;
  /** The backend label asked for, if any. */
  readonly backend: string | undefined;
  closing: boolean;
}
