import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { useBreadcrumbs } from "../shell/top-bar.tsx";
import { EmptyState, ErrorState, LoadingState } from "../ui/states.tsx";
import { CompareView } from "./compare-view.tsx";
import { comparables, pairOf } from "./versions.ts";

const route = getRouteApi("/protocols/$id/compare");

const load = async (id: string) => {
  const [protocol, versions] = await Promise.all([api.protocols.get(id), api.protocols.versions(id)]);
  return { protocol, all: comparables(protocol, versions.items) };
};

/** Two versions of a protocol: what differs, and whether old peers understand new ones. */
export const ComparePage = () => {
  const { id } = route.useParams();
  const { from, to } = route.useSearch();
  const { data, error, refetch } = useQuery({
    queryKey: [...keys.versions(id), "compare"],
    queryFn: () => load(id),
    staleTime: 0,
  });
  const name = data?.protocol.name ?? id;
  useBreadcrumbs(
    useMemo(
      () => [
        { label: "Protocols", to: "/protocols" },
        { label: name, to: `/protocols/${encodeURIComponent(id)}` },
        { label: "Compare" },
      ],
      [id, name],
    ),
  );
  const pair = useMemo(() => data && pairOf(data.all, from, to), [data, from, to]);
  if (error) return <ErrorState error={error} retry={() => void refetch()} />;
  if (!data) return <LoadingState what="the versions" />;
  return (
    <>
      <h1 className="visually-hidden">Compare versions of {name}</h1>
      {pair ? (
        <CompareView key={`${pair.old.id} ${pair.new.id}`} id={id} all={data.all} {...pair} />
      ) : (
        <EmptyState
          title="There is nothing to compare with yet"
          actions={
            <Link className="btn primary" to="/protocols/$id" params={{ id }} search={{ tab: "versions" }}>
              Open the versions
            </Link>
          }
        >
          A comparison needs two texts: save a version, change the text, and come back.
        </EmptyState>
      )}
    </>
  );
};
