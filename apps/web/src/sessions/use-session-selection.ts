import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { useSelection } from "../selection/selection.ts";
import { readSelection, writeSelection } from "./selection-address.ts";

/** Keeps the address and the one selection the same; what is selected elsewhere does not follow into a session. */
export const useSessionSelection = (id: string, sel: string | undefined): void => {
  const navigate = useNavigate();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address counts once, when the session is opened.
  useEffect(() => {
    const { select, clear } = useSelection.getState();
    if (sel === undefined) clear();
    else select(readSelection(sel));
  }, [id]);
  useEffect(
    () =>
      useSelection.subscribe(({ selection }, before) => {
        if (selection === before.selection) return;
        void navigate({
          to: "/sessions/$id",
          params: { id },
          search: (search) => ({ ...search, sel: writeSelection(selection) }),
          replace: true,
        });
      }),
    [navigate, id],
  );
};
