import type { SequenceModel } from "@parley/core/diagram";
import { scenarioName } from "@parley/runtime/simulation";
import type { ProtocolDetail } from "@parley/wire/http";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect, useMemo } from "react";
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

/** The name of a scenario nobody has named yet. */
const FIRST = "lossy-network";
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
  const own = items?.map((item) => item.name) ?? [];
  const name = search.scenario ?? own[0] ?? FIRST;
  const listed = items !== undefined;
  // The open scenario stays open, whatever is saved or deleted beside it.
  useEffect(() => {
    if (listed && search.scenario === undefined)
      void navigate({ search: (before) => ({ ...before, scenario: name }), replace: true });
  }, [listed, search.scenario, name, navigate]);
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
  const choose = (wanted: string): void =>
    void navigate({
      search: (before) => ({
        ...before,
        scenario: wanted,
        seeds: undefined,
        params: undefined,
        run: undefined,
      }),
      replace: true,
    });
  const file = /^module[ \t]+([\w.]+)/m.exec(text)?.[1] ?? scenarioName(protocol.name);
  return (
    <ScenarioWork
      key={name}
      {...props}
      items={items}
      name={name}
      file={file}
      simulated={simulated}
      onChoose={choose}
      onNew={() => choose(freeName(FIRST, new Set([...own, name])))}
      onDelete={(gone) => {
        choose(own.find((other) => other !== gone) ?? freeName(FIRST, new Set(own)));
        void remove(gone);
      }}
    />
  );
};
