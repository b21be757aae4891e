import type { CompositionView } from "@parley/wire/http";
import { useParams } from "@tanstack/react-router";
import { useMemo } from "react";
import type { Action } from "../actions/action.ts";
import { useActions } from "../actions/registry.ts";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { useTopic } from "../live/live.ts";
import { useBreadcrumbs } from "../shell/top-bar.tsx";
import { announce } from "../ui/announcer.tsx";
import { Button } from "../ui/button.tsx";
import { Chip } from "../ui/chip.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import { ErrorState, LoadingState } from "../ui/states.tsx";
import { useCommand } from "../ui/use-command.ts";
import { when } from "../ui/when.ts";
import "../authorities/authorities.css";
import { kindWords, statusTone, useComposition } from "./composition-data.ts";
import "./compositions.css";
import { Lane } from "./lane.tsx";

const Outcome = ({ view }: { readonly view: CompositionView }) => {
  const { failure, deadline, next, waits, status } = view;
  if (failure)
    return (
      <p className="problem-note" role="alert">
        {failure.phase} failed: {failure.cause}.
        <small>
          {failure.completed.length === 0
            ? "Nothing had completed."
            : `Had completed: ${failure.completed.join(", ")}.`}
          {failure.notUndone.length > 0 ? ` Could not be undone: ${failure.notUndone.join(", ")}.` : null}
        </small>
      </p>
    );
  return (
    <p className="cmp-next" role="status">
      {status === "completed" ? "Every phase has completed; the results are below." : null}
      {next ? `Next: ${next}.` : null}
      {!next && waits.length > 0
        ? `It ${waits.map(({ why, phase }) => `${why} in ${phase}`).join(", and ")}.`
        : null}
      {deadline === null ? null : ` Given up at ${when(deadline)}.`}
    </p>
  );
};

const Log = ({ log }: Pick<CompositionView, "log">) => (
  <section aria-label="Log">
    <h2>Log</h2>
    {log.length === 0 ? <p className="quiet">Nothing has happened yet.</p> : null}
    <ol className="cmp-log">
      {log.map(({ at, detail }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a log only grows.
        <li key={index}>
          <span>{detail}</span>
          <time dateTime={new Date(at).toISOString()}>{when(at)}</time>
        </li>
      ))}
    </ol>
  </section>
);

const useCommands = (view: CompositionView) => {
  const { id } = view;
  const command = useCommand(keys.compositions, keys.sessions);
  const open = view.status === "running" || view.next !== null || view.waits.length > 0;
  return useMemo(() => {
    const tell = (after: CompositionView): void =>
      announce(after.log.at(-1)?.detail ?? `${after.name} is ${after.status}`);
    const can = open && !command.busy;
    return {
      can,
      error: command.error,
      step: () => void command.run(() => api.compositions.step(id), tell),
      run: () => void command.run(() => api.compositions.step(id, "end"), tell),
      cancel: () =>
        void command.run(() => api.compositions.cancel(id, "it was cancelled in the studio"), tell),
    };
  }, [command, id, open]);
};

const Loaded = ({ view }: { readonly view: CompositionView }) => {
  useBreadcrumbs(
    useMemo(() => [{ label: "Compositions", to: "/compositions" }, { label: view.name }], [view.name]),
  );
  useTopic("sessions");
  const { can, error, step, run, cancel } = useCommands(view);
  useActions(
    useMemo<readonly Action[]>(
      () =>
        can
          ? [
              {
                id: "composition.step",
                label: "Step the composition",
                group: "Composition",
                keys: ["n"],
                run: step,
              },
              {
                id: "composition.run",
                label: "Run the composition to its end",
                group: "Composition",
                keys: ["e"],
                run,
              },
            ]
          : [],
      [can, step, run],
    ),
  );
  return (
    <div className="page auth-page">
      <h1>
        {view.name} <Chip tone={statusTone(view.status) ?? "warn"}>{view.status}</Chip>
      </h1>
      <p className="lead">
        {kindWords[view.kind]} · {view.completed} of {view.phases} phases completed
      </p>
      <div className="row">
        <Button variant="primary" icon="step" disabled={!can} onClick={step}>
          Step
        </Button>
        <Button icon="end" disabled={!can} onClick={run}>
          Run to the end
        </Button>
        <Button variant="danger" icon="cross" disabled={!can || view.status !== "running"} onClick={cancel}>
          Cancel it
        </Button>
      </div>
      <Outcome view={view} />
      <ProblemNote error={error} />
      <ol className={`cmp-lanes ${view.kind}`} aria-label="Lanes">
        {view.lanes.map((lane) => (
          <Lane key={lane.step} lane={lane} waits={view.waits} />
        ))}
      </ol>
      <Log log={view.log} />
    </div>
  );
};

/** One composition: a lane for each phase and effect, what a step would do, its results and log. */
export const CompositionPage = () => {
  const { id } = useParams({ from: "/compositions/$id" });
  const { data, error, refetch } = useComposition(id);
  if (error) return <ErrorState error={error} retry={() => void refetch()} />;
  return data === undefined ? <LoadingState what="the composition" /> : <Loaded view={data} />;
};
