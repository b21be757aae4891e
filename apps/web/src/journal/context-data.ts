import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { useTopic } from "../live/live.ts";

/** Query keys of parts of a context: made stale with it. */
export const partOf = (id: string, ...part: readonly (string | number | undefined)[]) =>
  [...keys.context(id), ...part.map((one) => String(one ?? ""))] as const;

/** A context at a position, or as it stands; read again whenever its stream grows. */
export const useContextView = (id: string, at?: number) => {
  useTopic(`context:${id}`);
  return useQuery({
    queryKey: partOf(id, "view", at),
    queryFn: () => api.contexts.get(id, at),
    placeholderData: keepPreviousData,
  });
};

export const useFactTypes = () =>
  useQuery({ queryKey: keys.factTypes, queryFn: () => api.contexts.factTypes() });

export const tabs = [
  { id: "facts", label: "Facts" },
  { id: "state", label: "Reduced" },
  { id: "diff", label: "Difference" },
  { id: "replicas", label: "Replicas" },
] as const;
export type TabId = (typeof tabs)[number]["id"];

/** What the address of a context's page may hold. */
export interface ContextPlace {
  readonly tab?: string | undefined;
  readonly fact?: string | undefined;
  readonly type?: string | undefined;
  readonly authority?: string | undefined;
  readonly replica?: string | undefined;
  readonly with?: string | undefined;
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  readonly at?: number | undefined;
  readonly from?: number | undefined;
}

/** What the address names, and how to change a part of it. */
export const useContextPlace = (id: string) => {
  const place: ContextPlace = useSearch({ from: "/journal/$context" });
  const navigate = useNavigate();
  const set = (part: ContextPlace): void =>
    void navigate({
      to: "/journal/$context",
      params: { context: id },
      search: { ...place, ...part },
      replace: true,
    });
  const tab = tabs.find((one) => one.id === place.tab)?.id ?? "facts";
  return { place, tab, set };
};

/** The address of a view of a context. */
export const contextHref = (id: string, place: ContextPlace): string => {
  const parts = Object.entries(place).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return `/journal/${encodeURIComponent(id)}?${new URLSearchParams(parts)}`;
};
