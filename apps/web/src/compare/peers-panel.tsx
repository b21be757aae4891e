import type { BreakingRun, Compat } from "@parley/core/diff";
import { EmptyState, LoadingState } from "../ui/states.tsx";
import { BreakingRunView } from "./breaking-run.tsx";
import { PeerTable, type ShownRun } from "./peer-table.tsx";

interface PeersPanelProps {
  readonly compat: Compat | undefined;
  readonly run: {
    readonly shown: ShownRun | undefined;
    readonly run: BreakingRun | undefined;
    readonly at: number;
    readonly step: (at: number) => void;
    readonly show: (run: ShownRun) => void;
  };
  readonly onOpen: (() => void) | undefined;
  readonly opening: boolean;
}

/** The verdict of every role, and beside it the run that breaks one of them. */
export const PeersPanel = ({ compat, run, onOpen, opening }: PeersPanelProps) => {
  if (compat === undefined) return <LoadingState what="who understands whom" />;
  if (!compat.ok) {
    return (
      <EmptyState title="These two cannot be compared as peers">
        {`${compat.why.charAt(0).toUpperCase()}${compat.why.slice(1)}. ${compat.diagnostics[0]?.message ?? ""}`}
      </EmptyState>
    );
  }
  return (
    <div className="compare-peers-panel">
      <PeerTable report={compat.report} shown={run.run ? run.shown : undefined} onShow={run.show} />
      {run.run && run.shown ? (
        <BreakingRunView
          run={run.run}
          age={run.shown.age}
          at={run.at}
          onStep={run.step}
          onOpen={onOpen}
          opening={opening}
        />
      ) : null}
    </div>
  );
};
