import type { AuthorityView } from "@parley/wire/http";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "../api/api.ts";
import { factColumns } from "../journal/fact-columns.tsx";
import { FactFacts } from "../journal/fact-panel.tsx";
import { DataTable } from "../ui/data-table.tsx";
import { HashLine } from "../ui/hash-text.tsx";
import { EmptyState, ErrorState, LoadingState } from "../ui/states.tsx";
import { partOf, placeHref, useAuthorityPlace } from "./authority-data.ts";

const LIMIT = 1_000;

/** The journal of the authority itself. */
export const FactsTab = ({ view }: { readonly view: AuthorityView }) => {
  const { place, go } = useAuthorityPlace(view.id);
  const { data, error, refetch } = useQuery({
    queryKey: partOf(view.id, "facts"),
    queryFn: () => api.authority.facts(view.id, { limit: LIMIT }),
    placeholderData: keepPreviousData,
  });
  if (!data)
    return error ? (
      <ErrorState error={error} retry={() => void refetch()} />
    ) : (
      <LoadingState what="its facts" />
    );
  const chosen = data.items.find(({ id }) => id === place.fact);
  return (
    <>
      <p>
        {data.total} facts; their root: <HashLine name="the root" value={data.root} />
      </p>
      <DataTable
        label="Facts of the authority"
        file={`${view.id}.facts`}
        rows={data.items}
        columns={factColumns}
        keyOf={({ id }) => id}
        hrefOf={({ id }) => placeHref(view.id, { tab: "facts", fact: id })}
        onOpen={({ id }) => go({ tab: "facts", fact: id })}
        selected={place.fact}
        empty={
          <EmptyState title="Its own journal is empty">
            What concerns the authority itself is recorded here; what it does in a session stands in the
            journal of that session's context.
          </EmptyState>
        }
      />
      {chosen ? (
        <section className="auth-panel" aria-label="The fact">
          <FactFacts fact={chosen} />
        </section>
      ) : null}
    </>
  );
};
