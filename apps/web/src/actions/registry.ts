import { useEffect } from "react";
import { create } from "zustand";
import type { Action } from "./action.ts";

interface RegistryState {
  readonly actions: ReadonlyMap<string, Action>;
}

/** The actions of everything that is mounted. */
export const useRegistry = create<RegistryState>(() => ({ actions: new Map() }));

const put = (actions: readonly Action[]): void =>
  useRegistry.setState(({ actions: before }) => {
    const next = new Map(before);
    for (const action of actions) next.set(action.id, action);
    return { actions: next };
  });

const drop = (actions: readonly Action[]): void =>
  useRegistry.setState(({ actions: before }) => {
    const next = new Map(before);
    // A later mount may have replaced it under the same id.
    for (const action of actions) if (next.get(action.id) === action) next.delete(action.id);
    return { actions: next };
  });

/** Offers actions while the component is mounted. Memoise the list. */
export const useActions = (actions: readonly Action[]): void => {
  useEffect(() => {
    put(actions);
    return () => drop(actions);
  }, [actions]);
};

export const runAction = (id: string): void => {
  const action = useRegistry.getState().actions.get(id);
  if (action && action.enabled !== false) action.run();
};
