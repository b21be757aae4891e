import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { type Selection, useSelection } from "../selection/selection.ts";

/** `4.finalize.0@18`: the message, and the position it was made at. */
export const writeSelection = ({ edge, seq }: Selection): string | undefined =>
  edge === undefined && seq === undefined ? undefined : `${edge ?? ""}${seq === undefined ? "" : `@${seq}`}`;

export const readSelection = (text: string): Selection => {
  const [, edge = "", seq] = /^(.*?)(?:@(\d+))?$/.exec(text) ?? [];
  return { source: "url", ...(edge ? { edge } : {}), ...(seq ? { seq: Number(seq) } : {}) };
};

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
