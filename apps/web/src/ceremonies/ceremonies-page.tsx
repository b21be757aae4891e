import type { CeremonyCard } from "@parley/wire/http";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import type { Action } from "../actions/action.ts";
import { useActions } from "../actions/registry.ts";
import { useBreadcrumbs } from "../shell/top-bar.tsx";
import { Button } from "../ui/button.tsx";
import { DataTable } from "../ui/data-table.tsx";
import { EmptyState, ErrorState, LoadingState } from "../ui/states.tsx";
import { Tabs } from "../ui/tabs.tsx";
import "../authorities/authorities.css";
import "./ceremonies.css";
import { CeremonyBoard } from "./ceremony-board.tsx";
import { ceremonyColumns } from "./ceremony-columns.tsx";
import { ceremonyHref, useCeremonies, useNames } from "./ceremony-data.ts";
import { kindWords, states, stateWords } from "./ceremony-words.ts";
import { StartDialog } from "./start-dialog.tsx";

const crumbs = [{ label: "Ceremonies" }];
const views = [
  { id: "board", label: "Board" },
  { id: "table", label: "Table" },
] as const;

interface Narrowed {
  readonly kind?: string | undefined;
  readonly state?: string | undefined;
  readonly authority?: string | undefined;
}

const shown = (
  rows: readonly CeremonyCard[],
  { kind, state, authority }: Narrowed,
): readonly CeremonyCard[] =>
  rows.filter(
    (one) =>
      (kind === undefined || one.kind === kind) &&
      (state === undefined || one.state === state) &&
      (authority === undefined ||
        one.initiator === authority ||
        one.participants.some((participant) => participant.authority === authority)),
  );

const usePlace = () => {
  const place = useSearch({ from: "/ceremonies" });
  const navigate = useNavigate();
  const go = (part: Narrowed & { readonly view?: string }): void =>
    void navigate({ to: "/ceremonies", search: { ...place, ...part }, replace: true });
  return { place, go };
};

const Choice = ({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: string | undefined;
  readonly options: readonly (readonly [id: string, words: string])[];
  readonly onChange: (value: string | undefined) => void;
}) => (
  <label className="cer-filter">
    <span>{label}</span>
    <select
      className="input"
      value={value ?? ""}
      onChange={({ target }) => onChange(target.value === "" ? undefined : target.value)}
    >
      <option value="">all</option>
      {options.map(([id, words]) => (
        <option key={id} value={id}>
          {words}
        </option>
      ))}
    </select>
  </label>
);

const Filters = ({ rows }: { readonly rows: readonly CeremonyCard[] }) => {
  const { place, go } = usePlace();
  const names = useNames();
  const kinds = [...new Set(rows.map(({ kind }) => kind))].sort();
  const people = [
    ...new Set(
      rows.flatMap(({ initiator, participants }) => [initiator, ...participants.map((p) => p.authority)]),
    ),
  ].sort();
  return (
    <div className="cer-filters">
      <Choice
        label="Kind"
        value={place.kind}
        options={kinds.map((kind) => [kind, kindWords(kind)])}
        onChange={(kind) => go({ kind })}
      />
      <Choice
        label="State"
        value={place.state}
        options={states.map((state) => [state, stateWords[state].label])}
        onChange={(state) => go({ state })}
      />
      <Choice
        label="With"
        value={place.authority}
        options={people.map((id) => [id, names(id).name])}
        onChange={(authority) => go({ authority })}
      />
    </div>
  );
};

const Shown = ({
  rows,
  onStart,
}: {
  readonly rows: readonly CeremonyCard[];
  readonly onStart: () => void;
}) => {
  const { place, go } = usePlace();
  const navigate = useNavigate();
  if (rows.length === 0)
    return (
      <EmptyState
        title="No ceremony yet"
        actions={
          <Button variant="primary" icon="plus" onClick={onStart}>
            Start a ceremony
          </Button>
        }
      >
        A ceremony asks several for their agreement, upon what stands now and until a deadline. Opening a
        session of category C begins one, too.
      </EmptyState>
    );
  const view = place.view === "table" ? "table" : "board";
  const some = shown(rows, place);
  return (
    <>
      <Tabs
        label="How ceremonies are shown"
        tabs={views}
        active={view}
        onChange={(next) => go({ view: next })}
        panel="ceremonies-shown"
      />
      <div id="ceremonies-shown" role="tabpanel" aria-label={view} className="auth-part">
        <Filters rows={rows} />
        {view === "board" ? (
          <CeremonyBoard rows={some} />
        ) : (
          <DataTable
            label="Ceremonies"
            rows={some}
            columns={ceremonyColumns}
            keyOf={({ id }) => id}
            hrefOf={({ id }) => ceremonyHref(id)}
            onOpen={({ id }) => void navigate({ to: "/ceremonies/$id", params: { id } })}
            empty={<p className="quiet">No ceremony is like that.</p>}
          />
        )}
      </div>
    </>
  );
};

/** All ceremonies, by state: who was asked, who answered, how long there is. */
export const CeremoniesPage = () => {
  useBreadcrumbs(crumbs);
  const [starting, setStarting] = useState(false);
  const navigate = useNavigate();
  useActions(
    useMemo<readonly Action[]>(
      () => [
        {
          id: "ceremony.start",
          label: "Start a ceremony",
          group: "Ceremonies",
          keys: ["n"],
          run: () => setStarting(true),
        },
      ],
      [],
    ),
  );
  const { data, error, refetch } = useCeremonies();
  if (!data)
    return error ? (
      <ErrorState error={error} retry={() => void refetch()} />
    ) : (
      <LoadingState what="the ceremonies" />
    );
  return (
    <div className="page auth-page">
      <div className="cer-head">
        <h1>Ceremonies</h1>
        <Button icon="plus" onClick={() => setStarting(true)}>
          Start …
        </Button>
      </div>
      <p className="lead">
        Operations that need the agreement of several: each stands upon a state of the journals, has a
        deadline, and is committed once, by a signature of the group.
      </p>
      <Shown rows={data.items} onStart={() => setStarting(true)} />
      {starting ? (
        <StartDialog
          onClose={() => setStarting(false)}
          onStarted={({ id }) => void navigate({ to: "/ceremonies/$id", params: { id } })}
        />
      ) : null}
    </div>
  );
};
