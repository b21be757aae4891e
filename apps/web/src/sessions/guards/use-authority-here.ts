import { useQuery } from "@tanstack/react-query";
import { api } from "../../api/api.ts";
import { keys } from "../../api/query-client.ts";
import { useTopic } from "../../live/live.ts";
import { useOpenSession } from "../session-context.ts";

/** An authority as it concerns the open session, read again whenever its stream grows. */
export const useAuthorityHere = (id: string) => {
  const context = `ctx:${useOpenSession().data.id}`;
  useTopic(`authority:${id}`);
  return useQuery({
    queryKey: [...keys.authority(id), "in", context],
    queryFn: () => api.authority.get(id, { context }),
    enabled: id !== "",
  });
};
