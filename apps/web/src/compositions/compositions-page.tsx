import type { CompositionSummary, CompositionView } from "@parley/wire/http";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { useBreadcrumbs } from "../shell/top-bar.tsx";
import { Button } from "../ui/button.tsx";
import { Chip } from "../ui/chip.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import { EmptyState, ErrorState, LoadingState } from "../ui/states.tsx";
import { useCommand } from "../ui/use-command.ts";
import { when } from "../ui/when.ts";
import "../authorities/authorities.css";
import { BuilderDialog } from "./builder-dialog.tsx";
import { compositionHref, kindWords, statusTone, useCompositions } from "./composition-data.ts";
import "./compositions.css";

const crumbs = [{ label: "Compositions" }];

const columns: readonly Column<CompositionSummary>[] = [
  { id: "name", head: "Composition", text: ({ name }) => name },
  {
    id: "status",
    head: "Status",
    text: ({ status }) => status,
    show: ({ status }) => <Chip tone={statusTone(status) ?? "warn"}>{status}</Chip>,
    width: "110px",
  },
  { id: "kind", head: "Phases run", text: ({ kind }) => kindWords[kind], wide: true },
  {
    id: "completed",
    head: "Completed",
    text: ({ completed, phases }) => `${completed} of ${phases}`,
    width: "90px",
  },
  { id: "started", head: "Started", text: ({ startedAt }) => when(startedAt), wide: true },
];

/** Protocols put together: those that run or ran, those that ship, and one's own. */
export const CompositionsPage = () => {
  useBreadcrumbs(crumbs);
  const navigate = useNavigate();
  const [building, setBuilding] = useState(false);
  const { data, error, refetch } = useCompositions();
  const command = useCommand(keys.compositions);
  const open = ({ id }: Pick<CompositionView, "id">): void =>
    void navigate({ to: "/compositions/$id", params: { id } });
  const startShipped = (name: string): void =>
    void command.run(() => api.compositions.start({ shipped: name }), open);
  return (
    <div className="page auth-page">
      <h1>Compositions</h1>
      <p className="lead">
        Protocols run one after the other, side by side, or as a program with effects between them. Each phase
        is a session of its own; later phases take the results of earlier ones, and one that fails ends the
        rest.
      </p>
      <div className="row cmp-start">
        <Button variant="primary" icon="plus" onClick={() => setBuilding(true)}>
          New composition
        </Button>
        {data?.shipped.map(({ name }) => (
          <Button key={name} disabled={command.busy} onClick={() => startShipped(name)}>
            Start {name}
          </Button>
        ))}
      </div>
      <ProblemNote error={command.error} />
      {error ? (
        <ErrorState error={error} retry={() => void refetch()} />
      ) : data === undefined ? (
        <LoadingState what="compositions" />
      ) : (
        <DataTable
          label="Compositions"
          rows={data.items}
          columns={columns}
          keyOf={({ id }) => id}
          hrefOf={({ id }) => compositionHref(id)}
          onOpen={open}
          empty={
            <EmptyState title="No composition yet">
              Start the one that ships, or put phases together yourself.
            </EmptyState>
          }
        />
      )}
      <BuilderDialog
        open={building}
        onClose={() => setBuilding(false)}
        onStarted={(view) => {
          setBuilding(false);
          open(view);
        }}
      />
    </div>
  );
};
