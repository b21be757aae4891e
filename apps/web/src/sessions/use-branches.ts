import type { SessionSummary } from "@parley/wire/http";
import { useQuery } from "@tanstack/react-query";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";

/** The branches of a session, by where they left it. */
export const useBranches = (id: string): readonly SessionSummary[] => {
  const { data } = useQuery({
    // Under the key of the list: whatever changes that, a new branch too, changes this.
    queryKey: [...keys.sessions, "branches", id],
    queryFn: () => api.sessions.list(`?parent=${encodeURIComponent(id)}`),
    select: ({ items }) =>
      items
        .filter(({ parent }) => parent?.id === id)
        .sort((a, b) => (a.parent?.at ?? 0) - (b.parent?.at ?? 0) || a.createdAt - b.createdAt),
  });
  return data ?? [];
};
