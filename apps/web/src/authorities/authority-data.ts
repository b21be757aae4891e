import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { useTopic } from "../live/live.ts";

/** An authority, read again whenever its stream grows. */
export const useAuthority = (id: string) => {
  useTopic(`authority:${id}`);
  return useQuery({ queryKey: keys.authority(id), queryFn: () => api.authority.get(id) });
};

/** Query keys of parts of an authority: made stale with it. */
export const partOf = (id: string, ...part: readonly (string | number | undefined)[]) =>
  [...keys.authority(id), ...part.map((one) => String(one ?? ""))] as const;

export const tabs = [
  { id: "devices", label: "Devices" },
  { id: "tokens", label: "Tokens" },
  { id: "budgets", label: "Budgets" },
  { id: "leakage", label: "Leakage" },
  { id: "receipts", label: "Receipts" },
  { id: "facts", label: "Facts" },
] as const;
export type TabId = (typeof tabs)[number]["id"];

/** What the address of an authority's page may hold. */
export interface AuthorityPlace {
  readonly tab?: string | undefined;
  readonly token?: string | undefined;
  readonly context?: string | undefined;
  readonly peer?: string | undefined;
  readonly receipt?: string | undefined;
  readonly fact?: string | undefined;
  readonly key?: string | undefined;
}

/** The tab and row the address names, and how to go to another. */
export const useAuthorityPlace = (id: string) => {
  const place: AuthorityPlace = useSearch({ from: "/authorities/$id" });
  const navigate = useNavigate();
  const go = (search: AuthorityPlace): void =>
    void navigate({ to: "/authorities/$id", params: { id }, search });
  const tab = tabs.find((one) => one.id === place.tab)?.id ?? "devices";
  return { place, tab, go };
};

/** The address of a row of an authority's page. */
export const placeHref = (id: string, place: AuthorityPlace): string => {
  const parts = Object.entries(place).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return `/authorities/${encodeURIComponent(id)}?${new URLSearchParams(parts)}`;
};
