import type { ContextView } from "@parley/wire/http";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "../api/api.ts";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { HashLine } from "../ui/hash-text.tsx";
import { EmptyState, ErrorState, LoadingState } from "../ui/states.tsx";
import { contextHref, partOf, useContextPlace, useFactTypes } from "./context-data.ts";
import { type Reduced, reduceFacts } from "./reduce-facts.ts";

const PAGE = 1_000;
/** Facts reduced at once; more say so. */
const MOST = 20_000;

const columns: readonly Column<Reduced>[] = [
  {
    id: "type",
    head: "Type",
    text: ({ type }) => type,
    show: ({ type }) => <span className="mono">{type}</span>,
  },
  { id: "reducer", head: "Reducer", width: "90px", wide: true, text: ({ reducer }) => reducer },
  { id: "facts", head: "Facts", width: "60px", text: ({ facts }) => facts },
  {
    id: "value",
    head: "State",
    width: "minmax(0, 2.4fr)",
    text: ({ value }) => JSON.stringify(value),
    show: ({ value }) => <span className="mono">{JSON.stringify(value)}</span>,
  },
];

/** Every fact a position holds, page by page. */
const allFacts = async (id: string, replica: string | undefined, at: number | undefined) => {
  const first = await api.contexts.facts(id, { replica, at, limit: PAGE });
  const items = [...first.items];
  while (items.length < Math.min(first.total, MOST)) {
    const next = await api.contexts.facts(id, { replica, at, from: items.length, limit: PAGE });
    if (next.items.length === 0) break;
    items.push(...next.items);
  }
  return { ...first, items };
};

const useReduced = (view: ContextView) => {
  const { place } = useContextPlace(view.id);
  const types = useFactTypes();
  return useQuery({
    queryKey: partOf(view.id, "reduced", place.replica, place.at),
    queryFn: async () => {
      const { items, total, root, at } = await allFacts(view.id, place.replica, place.at);
      return { total, root, at, rows: await reduceFacts(items, types.data?.items ?? []) };
    },
    enabled: types.data !== undefined,
    placeholderData: keepPreviousData,
  });
};

/** What the facts of a position come to: one state a type, whatever the order they came in. */
export const StateTab = ({ view }: { readonly view: ContextView }) => {
  const { place, set } = useContextPlace(view.id);
  const { data, error, refetch } = useReduced(view);
  if (!data)
    return error ? (
      <ErrorState error={error} retry={() => void refetch()} />
    ) : (
      <LoadingState what="the reduced state" />
    );
  const counted = data.rows.reduce((sum, { facts }) => sum + facts, 0);
  const waiting = Math.min(data.total, MOST) - counted;
  const chosen = data.rows.find(({ type }) => type === place.type);
  return (
    <>
      <p>
        {data.total} facts at position {data.at} reduce to this
        {data.total > MOST ? `, of which the first ${MOST} are counted` : ""}
        {waiting === 0
          ? ""
          : `; ${waiting} are proposals of a ceremony and count for nothing before it commits`}
        . Their root: <HashLine name="the root" value={data.root} />
      </p>
      <DataTable
        label="Reduced state"
        file={`${view.id}.state.${data.at}`}
        rows={data.rows}
        columns={columns}
        keyOf={({ type }) => type}
        hrefOf={({ type }) => contextHref(view.id, { ...place, type })}
        onOpen={({ type }) => set({ type })}
        selected={place.type}
        tools={
          <select
            className="input"
            aria-label="Replica"
            value={place.replica ?? ""}
            onChange={({ target }) => set({ replica: target.value || undefined })}
          >
            <option value="">All replicas</option>
            {view.members.map(({ authority }) => (
              <option key={authority}>{authority}</option>
            ))}
          </select>
        }
        empty={<EmptyState title="Nothing to reduce">No fact stands at this position.</EmptyState>}
      />
      {chosen ? (
        <section className="auth-panel" aria-label={`State of ${chosen.type}`}>
          <h2 className="mono">{chosen.type}</h2>
          <p className="quiet">
            “{chosen.reducer}”: {chosen.says}.
          </p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region is reached by the keyboard. */}
          <pre tabIndex={0}>{JSON.stringify(chosen.value, undefined, 2)}</pre>
        </section>
      ) : null}
    </>
  );
};
