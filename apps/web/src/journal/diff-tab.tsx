import type { ContextDiff, ContextView, FactView } from "@parley/wire/http";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "../api/api.ts";
import { Chip } from "../ui/chip.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { HashText } from "../ui/hash-text.tsx";
import { EmptyState, ErrorState, LoadingState } from "../ui/states.tsx";
import { contextHref, partOf, useContextPlace } from "./context-data.ts";
import { factColumns } from "./fact-columns.tsx";
import { PositionBar } from "./position-bar.tsx";

type Line = FactView & { readonly sign: "+" | "−" };

const columns: readonly Column<Line>[] = [
  ...factColumns.slice(0, 1),
  {
    id: "sign",
    head: "",
    width: "84px",
    text: ({ sign }) => (sign === "+" ? "added" : "missing"),
    show: ({ sign }) => (
      <Chip tone={sign === "+" ? "ok" : "warn"} icon={sign === "+" ? "plus" : "cross"}>
        {sign === "+" ? "added" : "missing"}
      </Chip>
    ),
  },
  // Where there is little room, the type says most.
  ...factColumns.slice(1).map((column) => (column.id === "type" ? column : { ...column, wide: true })),
];

const Side = ({ name, side }: { readonly name: string; readonly side: ContextDiff["from"] }) => (
  <p>
    <strong>{name}</strong>: {side.replica ?? "all replicas"} at {side.at}, {side.facts} facts, root{" "}
    <HashText value={side.root} digits={16} />
  </p>
);

const Replica = ({
  label,
  value,
  view,
  onChange,
}: {
  readonly label: string;
  readonly value: string | undefined;
  readonly view: ContextView;
  readonly onChange: (replica: string | undefined) => void;
}) => (
  <label className="field">
    <span>{label}</span>
    <select
      className="input"
      value={value ?? ""}
      onChange={({ target }) => onChange(target.value || undefined)}
    >
      <option value="">All replicas</option>
      {view.members.map(({ authority }) => (
        <option key={authority}>{authority}</option>
      ))}
    </select>
  </label>
);

/** What one position or replica holds that another does not. */
export const DiffTab = ({ view }: { readonly view: ContextView }) => {
  const { place, set } = useContextPlace(view.id);
  const { replica, with: other, at: to } = place;
  // Two replicas are compared at one position, else two positions of one.
  const from = place.from ?? (other === undefined ? 0 : to);
  const { data, error, refetch } = useQuery({
    queryKey: partOf(view.id, "diff", from, to, replica, other),
    queryFn: () => api.contexts.diff(view.id, { from, to, replica, with: other }),
    placeholderData: keepPreviousData,
  });
  const rows: readonly Line[] = data
    ? [
        ...data.added.map((fact) => ({ ...fact, sign: "+" as const })),
        ...data.removed.map((fact) => ({ ...fact, sign: "−" as const })),
      ]
    : [];
  return (
    <>
      <div className="diff-sides">
        <div>
          <Replica label="Compare" value={replica} view={view} onChange={(next) => set({ replica: next })} />
          <PositionBar label="at" head={view.head} at={from} onChange={(next) => set({ from: next })} />
        </div>
        <div>
          <Replica label="with" value={other} view={view} onChange={(next) => set({ with: next })} />
          <PositionBar label="at" head={view.head} at={to} onChange={(next) => set({ at: next })} />
        </div>
      </div>
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {data ? (
        <>
          <Side name="Before" side={data.from} />
          <Side name="After" side={data.to} />
          <p role="status">
            {data.from.root === data.to.root ? (
              <Chip tone="ok" icon="check">
                one root: no difference
              </Chip>
            ) : (
              `${data.counts.added} added, ${data.counts.removed} missing`
            )}
          </p>
          <DataTable
            label="Difference"
            file={`${view.id}.difference`}
            rows={rows}
            columns={columns}
            keyOf={({ id }) => id}
            hrefOf={({ id }) => contextHref(view.id, { fact: id })}
            onOpen={({ id }) =>
              set({
                tab: "facts",
                fact: id,
                replica: undefined,
                with: undefined,
                from: undefined,
                at: undefined,
              })
            }
            empty={<EmptyState title="No difference">Both hold the same facts.</EmptyState>}
          />
        </>
      ) : error ? null : (
        <LoadingState what="the difference" />
      )}
    </>
  );
};
