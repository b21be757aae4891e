import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import { type SideTab, sidePanels } from "./side-panels.tsx";

/** The pictures in the middle, in order. */
export const middleTabs = [
  { id: "sequence", label: "Sequence" },
  { id: "automata", label: "Automata" },
  { id: "events", label: "Events" },
  { id: "text", label: "Text" },
  { id: "source", label: "Source" },
  { id: "compare", label: "Compare" },
  { id: "effects", label: "Effects" },
] as const;
export type MiddleTab = (typeof middleTabs)[number]["id"];

/** The parts of a session's address that its page changes. */
interface AddressPart {
  readonly tab?: string | undefined;
  readonly side?: string | undefined;
  readonly role?: string | undefined;
  readonly with?: string | undefined;
  readonly q?: string | undefined;
  readonly kind?: string | undefined;
  readonly receipt?: string | undefined;
}

/** A session's address, and how to change a part of it without a step in the browser's history. */
export const useAddress = (id: string) => {
  const search = useSearch({ from: "/sessions/$id" });
  const navigate = useNavigate();
  const set = useCallback(
    (part: AddressPart) =>
      void navigate({
        to: "/sessions/$id",
        params: { id },
        search: (before) => ({ ...before, ...part }),
        replace: true,
      }),
    [navigate, id],
  );
  const tab: MiddleTab = middleTabs.find(({ id: one }) => one === search.tab)?.id ?? "sequence";
  const side: SideTab = sidePanels.find(({ id: one }) => one === search.side)?.id ?? "next";
  return { search, set, tab, side };
};

export type SessionAddress = ReturnType<typeof useAddress>;
