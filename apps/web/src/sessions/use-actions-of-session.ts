import { useMemo } from "react";
import type { Action } from "../actions/action.ts";
import { useActions } from "../actions/registry.ts";

/** One thing the page of a session can do; what is not `enabled` stays in the palette, dimmed. */
export type SessionAction = readonly [
  id: string,
  label: string,
  keys: readonly string[],
  run: () => void,
  enabled?: boolean,
];

/** Offers what a part of a session's page can do, for keys, palette and help; the list is to be memoised. */
export const useActionsOfSession = (list: readonly SessionAction[]): void => {
  const actions = useMemo<readonly Action[]>(
    () =>
      list.map(([id, label, keys, run, enabled = true]) => ({
        id: `session.${id}`,
        label,
        group: "Session",
        keys,
        enabled,
        run,
      })),
    [list],
  );
  useActions(actions);
};
