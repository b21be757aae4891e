import { showDeed } from "../kernel/show-deed.ts";
import type { LocalBranch, LocalType } from "../projection/local-type.ts";
import type { AutomatonState, AutomatonTransition } from "./automaton.ts";

/** A transition whose end is the number of a state. */
export interface DraftTransition extends Omit<AutomatonTransition, "id" | "from" | "to"> {
  readonly to: number;
}

export interface DraftState {
  readonly kind: AutomatonState["kind"];
  readonly transitions: readonly DraftTransition[];
  readonly regions: readonly AutomatonDraft[];
}

/** States by number; 0 is initial. */
export interface AutomatonDraft {
  readonly states: readonly DraftState[];
}

/** Variables in scope, and the states already made in it. */
interface Env {
  readonly vars: ReadonlyMap<string, number>;
  readonly made: Map<LocalType, number>;
}

const FINAL: DraftState = { kind: "final", transitions: [], regions: [] };

/**
 * One state a node of the type. A work list instead of recursion, because a
 * protocol of ten thousand messages is a type ten thousand deep; types shared
 * between branches are visited once.
 */
export const draftAutomaton = (root: LocalType): AutomatonDraft => {
  const states: DraftState[] = [];
  const work: { readonly state: number; readonly type: LocalType; readonly env: Env }[] = [];

  const reserve = (): number => states.push(FINAL) - 1;
  const stateOf = (type: LocalType, env: Env): number => {
    if (type.kind === "var") return env.vars.get(type.name) ?? reserve();
    const known = env.made.get(type);
    if (known !== undefined) return known;
    const state = reserve();
    env.made.set(type, state);
    work.push({ state, type, env });
    return state;
  };
  const branches = (list: readonly LocalBranch[], direction: "send" | "recv", env: Env) =>
    list.map((branch) => transition(branch, direction, stateOf(branch.next, env)));
  const draft = (state: number, type: LocalType, env: Env): DraftState => {
    switch (type.kind) {
      case "end":
      case "var":
        return FINAL;
      case "mu": {
        const inner: Env = { vars: new Map(env.vars).set(type.var, state), made: new Map() };
        return draft(state, type.body, inner);
      }
      case "send":
        return { kind: "send", transitions: branches(type.branches, "send", env), regions: [] };
      case "recv":
        return { kind: "recv", transitions: branches(type.branches, "recv", env), regions: [] };
      case "par":
        return {
          kind: "par",
          transitions: [joinTo(stateOf(type.next, env))],
          regions: type.arms.map(draftAutomaton),
        };
      case "perform":
        return {
          kind: "act",
          transitions: [silent("perform", showDeed(type.deed), stateOf(type.next, env), type.edge)],
          regions: [],
        };
      case "decide":
        return {
          kind: "act",
          transitions: type.branches.map((b) =>
            silent("decide", b.outcome, stateOf(b.next, env), `${type.scope}.${b.outcome}`),
          ),
          regions: [],
        };
      case "scope":
        return {
          kind: "scope",
          transitions: type.exits.map((exit) =>
            silent("exit", exit.outcome, stateOf(exit.next, env), `${type.scope}:${exit.outcome}`),
          ),
          regions: [draftAutomaton(type.body)],
        };
    }
  };

  stateOf(root, { vars: new Map(), made: new Map() });
  if (states.length === 0) reserve();
  for (let task = work.pop(); task !== undefined; task = work.pop()) {
    states[task.state] = draft(task.state, task.type, task.env);
  }
  return { states };
};

const transition = (branch: LocalBranch, direction: "send" | "recv", to: number): DraftTransition => ({
  to,
  kind: branch.control === undefined ? direction : "control",
  direction,
  peer: branch.peer,
  label: branch.label,
  ...(branch.arm === undefined ? {} : { arm: branch.arm }),
  ...(branch.guard === undefined ? {} : { guard: branch.guard }),
  payload: branch.payload.text,
  edge: branch.edge,
});

/** A step without a message. */
const silent = (
  kind: "join" | "perform" | "decide" | "exit",
  label: string,
  to: number,
  edge: string,
): DraftTransition => ({ to, kind, direction: "none", peer: "", label, payload: "", edge });

const joinTo = (to: number): DraftTransition => silent("join", "", to, "");
