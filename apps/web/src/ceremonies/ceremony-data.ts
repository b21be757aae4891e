import type { CeremonyView } from "@parley/wire/http";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { useTopic } from "../live/live.ts";

export const useCeremonies = () =>
  useQuery({ queryKey: keys.ceremonies, queryFn: () => api.ceremonies.list() });

/** A ceremony, read again when its participants' journals or its own grow: it stands on them. */
export const useCeremony = (id: string) => {
  useTopic("authorities");
  useTopic("contexts");
  return useQuery({ queryKey: keys.ceremony(id), queryFn: () => api.ceremonies.get(id) });
};

export const ceremonyHref = (id: string): string => `/ceremonies/${encodeURIComponent(id)}`;

interface Named {
  readonly name: string;
  readonly hue: number;
}

/** Names and hues of authorities; an unknown one by its id. */
export const useNames = (): ((authority: string) => Named) => {
  const { data } = useQuery({ queryKey: keys.authorities, queryFn: () => api.authorities() });
  return useMemo(() => {
    const known = new Map(data?.items.map((one) => [one.id, one]));
    return (authority) => known.get(authority) ?? { name: authority, hue: 0 };
  }, [data]);
};

const TICK_MS = 1_000;

/** The clock of the wall, moved on every second while it is looked at. */
export const useNow = (runs: boolean): number => {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!runs) return;
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [runs]);
  return now;
};

/** How far the studio's clock is from this browser's, ms: as they stood when the ceremony was read. */
export const clockOffset = ({ now }: CeremonyView, readAt: number): number => now - readAt;
