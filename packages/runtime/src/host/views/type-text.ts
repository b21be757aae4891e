import { showDeed } from "@parley/core";
import { END, type Program, type TypeState } from "../../machine/code/program.ts";

/** Type states written out before the rest is left as `…`. */
const MAX_STATES = 200;

/**
 * The local type a program's state stands for, as text: `!B{Order(Item). …}`
 * sends, `?A{Pay. …}` receives, `‖` parallel arms, `μX` loops, `case{…}` a
 * decision nobody is told of, `timeout 5000ms […]{done. …}` a scope.
 */
export const typeText = (program: Program, start: number): string => {
  const open = new Map<number, string>();
  const used = new Set<string>();
  let budget = MAX_STATES;
  const branchText = (peer: string, label: string, payload: string, next: string): string =>
    `${peer}{${label}${payload === "" || payload === "Unit" ? "" : `(${payload})`}. ${next}}`;
  const stateText = (state: Exclude<TypeState, { kind: "end" }>): string => {
    switch (state.kind) {
      case "par":
        return `(${state.arms.map(write).join(" ‖ ")}). ${write(state.next)}`;
      case "perform":
        return `${showDeed(state.deed)}. ${write(state.next)}`;
      case "decide":
        return `case{${state.outcomes.map(({ outcome, next }) => `${outcome}. ${write(next)}`).join(", ")}}`;
      case "scope": {
        const exits = state.exits.map(({ outcome, next }) => `${outcome}. ${write(next)}`).join(", ");
        const until = state.millis === undefined ? state.owner : `${state.millis}ms`;
        return `timeout ${until} [${write(state.body)}]{${exits}}`;
      }
      case "leave":
        return "leave";
      default:
        return state.branches
          .map(
            ({ peer, label, payload, next }) =>
              (state.kind === "send" ? "!" : "?") + branchText(peer, label, payload, write(next)),
          )
          .join(state.kind === "send" ? " ⊕ " : " & ");
    }
  };
  const write = (index: number): string => {
    const state = program.states[index];
    if (index === END || state === undefined || state.kind === "end") return "end";
    const bound = open.get(index);
    if (bound !== undefined) {
      used.add(bound);
      return bound;
    }
    if (budget <= 0) return "…";
    budget -= 1;
    const name = `X${open.size}`;
    open.set(index, name);
    const text = stateText(state);
    open.delete(index);
    return used.delete(name) ? `μ${name}. ${text}` : text;
  };
  return write(start);
};
