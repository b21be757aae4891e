import type { ContextInput } from "@parley/wire";
import { emptyBase, type StreamBase } from "./stream-state.ts";

/** The fold of a context's stream: how many facts it holds; the facts themselves are its entries. */
export interface ContextState extends StreamBase {
  readonly title: string;
  readonly facts: number;
}

export const emptyContext = (stream: string): ContextState => ({ ...emptyBase(stream), title: "", facts: 0 });

export const foldContext = (state: ContextState, input: ContextInput): ContextState => {
  switch (input.kind) {
    case "context.created":
      return { ...state, title: input.title };
    case "fact.recorded":
      return { ...state, facts: state.facts + 1 };
    default:
      return state;
  }
};

/** Each session has a context of its own (aura-runtime §1), named after it. */
export const contextOf = (session: string): string => `ctx:${session}`;
