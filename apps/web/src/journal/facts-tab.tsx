import type { ContextView, FactView } from "@parley/wire/http";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api } from "../api/api.ts";
import { localMinute } from "../authorities/attenuate-form.ts";
import { Button } from "../ui/button.tsx";
import { DataTable } from "../ui/data-table.tsx";
import { EmptyState, ErrorState, LoadingState } from "../ui/states.tsx";
import { type ContextPlace, contextHref, partOf, useContextPlace } from "./context-data.ts";
import { factColumns } from "./fact-columns.tsx";
import { FactPanel } from "./fact-panel.tsx";
import { NoteForm } from "./note-form.tsx";

const PAGE = 500;

const useFacts = (id: string, { replica, type, authority, since, until, at }: ContextPlace) =>
  useInfiniteQuery({
    queryKey: partOf(id, "facts", replica, type, authority, since, until, at),
    queryFn: ({ pageParam }) =>
      api.contexts.facts(id, { replica, type, authority, since, until, at, from: pageParam, limit: PAGE }),
    initialPageParam: 0,
    getNextPageParam: ({ from, items, total }) =>
      from + items.length < total && items.length > 0 ? from + items.length : undefined,
    placeholderData: keepPreviousData,
  });

interface FilterProps {
  readonly view: ContextView;
  readonly place: ContextPlace;
  readonly onChange: (part: ContextPlace) => void;
}

const Choice = ({
  label,
  all,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly all: string;
  readonly value: string | undefined;
  readonly options: readonly string[];
  readonly onChange: (value: string | undefined) => void;
}) => (
  <select
    className="input"
    aria-label={label}
    value={value ?? ""}
    onChange={({ target }) => onChange(target.value || undefined)}
  >
    <option value="">{all}</option>
    {[...new Set([...(value === undefined ? [] : [value]), ...options])].map((one) => (
      <option key={one}>{one}</option>
    ))}
  </select>
);

const Moment = ({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: number | undefined;
  readonly onChange: (ms: number | undefined) => void;
}) => (
  <label>
    {label}{" "}
    <input
      className="input"
      type="datetime-local"
      value={value === undefined ? "" : localMinute(value)}
      onChange={({ target }) => onChange(target.value === "" ? undefined : new Date(target.value).getTime())}
    />
  </label>
);

const Filters = ({ view, place, onChange }: FilterProps) => (
  <>
    <Choice
      label="Type"
      all="Every type"
      value={place.type}
      options={view.types.map(({ type }) => type)}
      onChange={(type) => onChange({ type })}
    />
    <Choice
      label="By authority"
      all="By anybody"
      value={place.authority}
      options={view.authorities.map(({ authority }) => authority)}
      onChange={(authority) => onChange({ authority })}
    />
    <Choice
      label="Replica"
      all="All replicas"
      value={place.replica}
      options={view.members.map(({ authority }) => authority)}
      onChange={(replica) => onChange({ replica })}
    />
    <Moment label="Since" value={place.since} onChange={(since) => onChange({ since })} />
    <Moment label="Until" value={place.until} onChange={(until) => onChange({ until })} />
  </>
);

/** The fact the address names: of the list, or asked for with its proof. */
const useNamed = (id: string, place: ContextPlace, listed: readonly FactView[] | undefined) => {
  const found = listed?.find((fact) => fact.id === place.fact);
  const { data, error } = useQuery({
    queryKey: partOf(id, "proof", place.fact, place.replica, place.at),
    queryFn: () => api.contexts.proof(id, { fact: place.fact ?? "", replica: place.replica, at: place.at }),
    enabled: place.fact !== undefined && listed !== undefined && found === undefined,
  });
  return { fact: place.fact === undefined ? undefined : (found ?? data?.fact), error };
};

/** Facts in canonical order: narrowed, at a position, each with its proof. */
export const FactsTab = ({ view }: { readonly view: ContextView }) => {
  const { place, set } = useContextPlace(view.id);
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useFacts(view.id, place);
  const rows = data?.pages.flatMap(({ items }) => items);
  const total = data?.pages[0]?.total ?? 0;
  const { fact, error: missing } = useNamed(view.id, place, rows);
  if (!rows)
    return error ? (
      <ErrorState error={error} retry={() => void refetch()} />
    ) : (
      <LoadingState what="the facts" />
    );
  return (
    <>
      <DataTable
        label="Facts"
        file={`${view.id}.facts`}
        rows={rows}
        columns={factColumns}
        keyOf={({ id }) => id}
        hrefOf={({ id }) => contextHref(view.id, { ...place, fact: id })}
        onOpen={({ id }) => set({ fact: id })}
        selected={place.fact}
        tools={<Filters view={view} place={place} onChange={set} />}
        empty={
          <EmptyState title={view.facts === 0 ? "No fact yet" : "No fact fits"}>
            {view.facts === 0
              ? "A guarded message that went through adds facts here; you can add a note below."
              : `${view.facts} facts are there at this position, none of this kind.`}
          </EmptyState>
        }
      />
      {hasNextPage ? (
        <Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {isFetchingNextPage ? "Reading on …" : `Read on, ${total - rows.length} more`}
        </Button>
      ) : null}
      {fact ? <FactPanel context={view.id} fact={fact} replica={place.replica} at={place.at} /> : null}
      {missing && !fact ? <ErrorState error={missing} /> : null}
      {place.at === undefined ? <NoteForm view={view} /> : null}
    </>
  );
};
