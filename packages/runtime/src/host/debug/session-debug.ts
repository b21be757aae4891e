import type {
  Causes,
  SearchProgress,
  SearchQuestion,
  SearchResult,
  SessionComparison,
  Watch,
  Why,
} from "@parley/wire/http";
import type { DeterminismMode } from "../../trace/compare-traces.ts";
import type { HostCore } from "../core.ts";
import { done, type Result, refused } from "../host-error.ts";
import { readCauses } from "./causes.ts";
import { compareSessions } from "./compare-sessions.ts";
import { type RunningSearch, searchProgress, searchSession } from "./search-session.ts";
import { readWatch } from "./watch.ts";
import { readWhy } from "./why.ts";

/** Questions about a session's history; none of them writes anything. */
export interface SessionDebug {
  /** What expressions are worth at a position, the head by default. */
  watch(id: string, at: number | undefined, exprs: readonly string[]): Promise<Result<Watch>>;
  /** What had to happen for an event. */
  causes(id: string, seq: number, index: number): Promise<Result<Causes>>;
  /** Why a role stands still, down to events and inputs. */
  why(id: string, role: string, at?: number): Promise<Result<Why>>;
  /** Where two sessions part. */
  compare(id: string, other: string, mode: DeterminismMode): Promise<Result<SessionComparison>>;
  /** Explores runs from a position for a state in which a goal holds. */
  search(id: string, request: SearchQuestion): Promise<Result<SearchResult>>;
  searchProgress(id: string): SearchProgress;
  cancelSearch(id: string): Result<null>;
}

/** The questions of one host; searches that are going on are kept here. */
export const sessionDebug = (core: HostCore): SessionDebug => {
  const running = new Map<string, RunningSearch>();
  return {
    watch: (id, at, exprs) => readWatch(core, id, at, exprs),
    causes: (id, seq, index) => readCauses(core, id, seq, index),
    why: (id, role, at) => readWhy(core, id, role, at),
    compare: (id, other, mode) => compareSessions(core, id, other, mode),
    search: (id, request) => searchSession(core, running, id, request),
    searchProgress: (id) => searchProgress(running, id),
    cancelSearch: (id) => {
      const search = running.get(id);
      if (search === undefined) return refused({ code: "PAR7001", kind: "not-found", what: "search", id });
      search.cancelled = true;
      return done(null);
    },
  };
};
