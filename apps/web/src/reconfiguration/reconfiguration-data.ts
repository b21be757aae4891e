import { useQuery } from "@tanstack/react-query";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { useTopic } from "../live/live.ts";

/** Bundles, footprints, handoffs and upgrades, read again when the workspace or a session grows. */
export const useReconfiguration = () => {
  useTopic("sessions");
  return useQuery({ queryKey: keys.reconfiguration, queryFn: () => api.reconfiguration.get() });
};

export const bundleHref = (id: string): string => `/reconfiguration/${encodeURIComponent(id)}`;
