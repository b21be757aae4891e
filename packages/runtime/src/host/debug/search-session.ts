import type { SessionInput } from "@parley/wire";
import type { SearchProgress, SearchQuestion, SearchResult } from "@parley/wire/http";
import type { Predicate } from "../../observe/predicate.ts";
import type { Move } from "../../search/branches.ts";
import { type Strategy, searching } from "../../search/search.ts";
import { valueToJson } from "../commands/values.ts";
import type { HostCore } from "../core.ts";
import { done, type HostError, type Result, refused } from "../host-error.ts";
import { liveGather } from "../session/gather.ts";
import { cloneSession, forkSession } from "../session/open-session.ts";
import type { SessionState } from "../session/session-state.ts";
import { withState } from "../views/read-view.ts";
import { pathInputs } from "./path-inputs.ts";
import { readPredicate } from "./predicates.ts";

/** States looked at before others are let work. */
const SLICE = 25;
/** States looked at unless the request says otherwise. */
const DEFAULT_STATES = 2_000;

/** A search that is going on. */
export interface RunningSearch {
  states: number;
  depth: number;
  cancelled: boolean;
}

interface Ready {
  readonly state: SessionState;
  readonly goal: Predicate;
  readonly strategy: Strategy;
}

const prepare = (state: SessionState, asked: SearchQuestion): Ready | HostError => {
  const goal = readPredicate(asked.goal, state.image);
  if (!goal.ok) return goal.error;
  const { strategy } = asked;
  if (strategy.kind !== "best") return { state, goal: goal.predicate, strategy };
  const score = readPredicate(strategy.score, state.image);
  return score.ok
    ? { state, goal: goal.predicate, strategy: { kind: "best", score: score.predicate } }
    : score.error;
};

/** A step of a path in words; rounds are not told. */
const stepText = (move: Move): readonly string[] => {
  switch (move.kind) {
    case "decide":
      return [`${move.role} chooses ${move.label}`];
    case "payload":
      return [`${move.role} gives a payload`];
    case "timer":
      return [`timer ${move.id} runs out`];
    case "rounds":
      return [];
  }
};

type PathInput = NonNullable<SearchResult["inputs"]>[number];

const inputView = (input: SessionInput): readonly PathInput[] => {
  switch (input.kind) {
    case "advance":
      return [input.max === undefined ? { kind: "advance" } : { kind: "advance", max: input.max }];
    case "decide":
      return [{ ...input }];
    case "payload":
      return [{ ...input, value: valueToJson(input.value) }];
    case "clock":
      return [{ ...input }];
    default:
      return [];
  }
};

/** The state a fork at a position would begin in; the state given is consumed. */
const asFork = (state: SessionState): SessionState =>
  forkSession(state, {
    kind: "fork",
    stream: `search:${state.stream}`,
    title: "",
    parent: state.stream,
    at: state.position,
    parentHash: state.hash,
    commit: 0,
  });

/**
 * Looks for a state in which a goal holds, from a position on, in slices
 * between which everybody else is served. A session has one search at a time:
 * a new one ends the one before.
 */
export const searchSession = async (
  core: HostCore,
  running: Map<string, RunningSearch>,
  id: string,
  asked: SearchQuestion,
): Promise<Result<SearchResult>> => {
  const ready = await withState(core, id, asked.at, (state) => prepare(cloneSession(state), asked));
  if (!ready.ok) return ready;
  if ("code" in ready.value) return refused(ready.value);
  const { state, goal, strategy } = ready.value;
  const before = running.get(id);
  if (before !== undefined) before.cancelled = true;
  const record: RunningSearch = { states: 0, depth: 0, cancelled: false };
  running.set(id, record);
  try {
    const steps = searching(
      state.machine,
      {
        goal,
        strategy,
        maxStates: asked.maxStates ?? DEFAULT_STATES,
        ...(asked.maxDepth === undefined ? {} : { maxDepth: asked.maxDepth }),
        cancelled: () => record.cancelled || core.closing,
      },
      state.counts,
    );
    let turn = 0;
    for (;;) {
      const step = steps.next();
      if (step.done === true) {
        const { outcome, path, states, depth, stuck } = step.value;
        const position = state.position;
        const way = path && pathInputs(asFork(state), path, goal, liveGather(core.guards));
        return done({
          at: position,
          outcome,
          states,
          depth,
          inputs: way === undefined ? null : way.inputs.flatMap(inputView),
          steps: (path ?? []).flatMap(stepText),
          confirmed: way?.confirmed ?? false,
          stuck: stuck === undefined ? null : stuck.flatMap(stepText),
        });
      }
      record.states = step.value.states;
      record.depth = step.value.depth;
      turn += 1;
      if (turn % SLICE === 0) await core.yield();
    }
  } finally {
    if (running.get(id) === record) running.delete(id);
  }
};

/** How far the search of a session is. */
export const searchProgress = (running: ReadonlyMap<string, RunningSearch>, id: string): SearchProgress => {
  const { states, depth } = running.get(id) ?? { states: 0, depth: 0 };
  return { running: running.has(id), states, depth };
};
