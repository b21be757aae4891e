import { useSearch } from "@tanstack/react-router";
import { type SideTab, sidePanels } from "./side-panels.tsx";
import { useSetAddress } from "./use-set-address.ts";

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

/** A session's address, and how to change a part of it. */
export const useAddress = (id: string) => {
  const search = useSearch({ from: "/sessions/$id" });
  const set = useSetAddress(id);
  const tab: MiddleTab = middleTabs.find(({ id: one }) => one === search.tab)?.id ?? "sequence";
  const side: SideTab = sidePanels.find(({ id: one }) => one === search.side)?.id ?? "next";
  return { search, set, tab, side };
};

export type SessionAddress = ReturnType<typeof useAddress>;
