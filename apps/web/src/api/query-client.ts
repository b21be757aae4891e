import { QueryClient } from "@tanstack/react-query";

/** Server state. Live events invalidate it, so nothing refetches by the clock. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 30_000, refetchOnWindowFocus: false, retry: 1 },
    mutations: { retry: false },
  },
});

/** One place for keys, so that an event knows what it makes stale. */
export const keys = {
  protocols: ["protocols"] as const,
  protocol: (id: string) => ["protocols", id] as const,
  versions: (id: string) => ["protocols", id, "versions"] as const,
  sessions: ["sessions"] as const,
  session: (id: string, at: number | undefined) => ["session", id, "view", at ?? "head"] as const,
  programs: (id: string) => ["session", id, "programs"] as const,
  authorities: ["authorities"] as const,
  authority: (id: string) => ["authority", id] as const,
  contexts: ["contexts"] as const,
  context: (id: string) => ["context", id] as const,
  factTypes: ["fact-types"] as const,
  findings: ["settings", "findings"] as const,
  ceremonies: ["ceremonies"] as const,
  ceremony: (id: string) => ["ceremonies", "one", id] as const,
  ownership: (session: string) => ["ownership", session] as const,
  reconfiguration: ["reconfiguration"] as const,
  migrations: ["migrations"] as const,
  compositions: ["compositions"] as const,
  composition: (id: string) => ["compositions", "one", id] as const,
};
