import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { useBreadcrumbs } from "../shell/top-bar.tsx";
import { ErrorState, LoadingState } from "../ui/states.tsx";
import { ProtocolWorkbench } from "./protocol-workbench.tsx";
import { keptText } from "./use-draft.ts";

const route = getRouteApi("/protocols/$id");

/** A protocol: its text, what is wrong with it, and every picture of it. */
export const ProtocolPage = () => {
  const { id } = route.useParams();
  const { data, error, refetch } = useQuery({
    queryKey: keys.protocol(id),
    queryFn: () => api.protocols.get(id),
    staleTime: Number.POSITIVE_INFINITY,
  });
  useBreadcrumbs(
    useMemo(() => [{ label: "Protocols", to: "/protocols" }, { label: data?.name ?? "…" }], [data?.name]),
  );
  // Read once: what this browser kept when the tab was closed before the server had it.
  const [kept] = useState(() => keptText(id));
  if (error) return <ErrorState error={error} retry={() => void refetch()} />;
  if (!data) return <LoadingState what="the protocol" />;
  return <ProtocolWorkbench key={id} protocol={data} kept={kept} />;
};
