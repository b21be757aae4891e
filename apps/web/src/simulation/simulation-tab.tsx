import type { SequenceModel } from "@parley/core/diagram";
import { scenarioName } from "@parley/runtime/simulation";
import type { ProtocolDetail } from "@parley/wire/http";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo } from "react";
import type { AnalysisResult } from "../editor/analysis.ts";
import { uriOf } from "../editor/language-client.ts";
import type { StudioFile } from "../editor/worker-messages.ts";
import type { OpenedAtRun } from "../sessions/open-at-run.ts";
import { EmptyState, ErrorState, LoadingState } from "../ui/states.tsx";
import { freeName } from "./scenario-names.ts";
import { ScenarioWork } from "./scenario-work.tsx";
import "./simulation.css";
import type { Simulated } from "./simulation.ts";
import { useScenarios } from "./use-scenarios.ts";

const route = getRouteApi("/protocols/$id");

export interface SimulationTabProps {
  readonly protocol: ProtocolDetail;
  readonly text: string;
  readonly files: readonly StudioFile[];
  readonly result: AnalysisResult | undefined;
  /** The text is sound and what is known of it is not stale. */
  readonly ready: boolean;
  readonly sequence: SequenceModel | undefined;
  /** Saves the text as a version, lets a session of it be opened, and shows it. */
  readonly onOpenSession: (open: () => Promise<OpenedAtRun>) => Promise<void>;
}

/** Scenarios of a protocol: written, run, swept, minimised and kept as tests. */
export const SimulationTab = (props: SimulationTabProps) => {
  const { protocol, text, files, ready, result } = props;
  const { items, error, refetch, remove } = useScenarios(protocol.id);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const imports = /^[ \t]*import\b/m.test(text);
  const simulated = useMemo<Simulated | undefined>(
    () =>
      ready
        ? {
            own: { uri: uriOf(protocol.id), source: text },
            files: imports ? files.map(({ uri, source }) => ({ uri, source })) : [],
          }
        : undefined,
    [ready, protocol.id, text, files, imports],
  );
  // What could be run a moment ago still can be looked at while the text is being changed.
  if (error) return <ErrorState error={error} retry={() => void refetch()} />;
  if (!items) return <LoadingState what="the scenarios" />;
  if (result?.verdict === "empty") {
    return (
      <EmptyState title="Nothing to simulate yet">
        Once there is a protocol, it is run here in a world that loses messages, stops roles and forges what
        they say.
      </EmptyState>
    );
  }
  const choose = (name: string | undefined): void =>
    void navigate({
      search: (before) => ({
        ...before,
        scenario: name,
        seeds: undefined,
        params: undefined,
        run: undefined,
      }),
      replace: true,
    });
  const wanted = `${scenarioName(protocol.namespace ?? protocol.name)}-lossy`;
  const taken = new Set(items.map((item) => item.name));
  const name = search.scenario ?? items[0]?.name ?? freeName(wanted, taken);
  return (
    <ScenarioWork
      key={name}
      {...props}
      items={items}
      name={name}
      simulated={simulated}
      onChoose={choose}
      onNew={() => choose(freeName(wanted, taken.add(name)))}
      onDelete={(gone) => {
        choose(undefined);
        void remove(gone);
      }}
    />
  );
};
