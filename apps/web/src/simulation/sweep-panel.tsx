import { type SweepRow, summarise, sweepCsv } from "@parley/runtime/simulation";
import { type ReactNode, useMemo } from "react";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/states.tsx";
import { download } from "./download.ts";
import { Distribution, OutcomeChart } from "./sweep-chart-view.tsx";
import { SweepTable } from "./sweep-table.tsx";
import type { SweepState } from "./use-jobs.ts";

interface SweepPanelProps {
  readonly sweep: SweepState;
  readonly name: string;
  readonly selected: number | undefined;
  readonly onShow: (index: number) => void;
  readonly hrefOf: (index: number) => string;
  /** The run that is looked at. */
  readonly children?: ReactNode;
}

const rounds = ({ rounds: count }: SweepRow): number => count;
const sent = ({ sent: count }: SweepRow): number => count;

const list = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(", ");

/** What a sweep showed: in sum, as pictures, and run by run. */
export const SweepPanel = ({ sweep, name, selected, onShow, hrefOf, children }: SweepPanelProps) => {
  const { rows, phase, size, why } = sweep;
  const summary = useMemo(() => summarise(rows), [rows]);
  if (phase === "idle") {
    return (
      <EmptyState title="No sweep yet">
        A sweep runs the scenario once per seed and choice of parameters, and shows which of them fail.
      </EmptyState>
    );
  }
  const firstFailed = summary.rows.find(({ passed }) => !passed)?.index;
  return (
    <div className="sim-results">
      <p role="status" className="sim-summary">
        {phase === "failed" ? `It came to a stop: ${why}. ` : null}
        {phase === "cancelled" ? "Cancelled. " : null}
        {rows.length} of {size} runs: {summary.passed} passed, {summary.failed} failed
        {rows.length === 0 ? null : `; ${list(summary.outcomes)}`}
        {Object.keys(summary.violations).length === 0 ? null : `. Violated: ${list(summary.violations)}`}
      </p>
      <div className="row">
        {firstFailed === undefined ? null : (
          <Button small onClick={() => onShow(firstFailed)}>
            Show the first failing run
          </Button>
        )}
        <Button
          small
          variant="quiet"
          disabled={rows.length === 0}
          onClick={() => download(`${name}.csv`, "text/csv", sweepCsv(rows))}
        >
          CSV
        </Button>
        <Button
          small
          variant="quiet"
          disabled={rows.length === 0}
          onClick={() =>
            download(`${name}.json`, "application/json", `${JSON.stringify(summary, null, 1)}\n`)
          }
        >
          JSON
        </Button>
      </div>
      <OutcomeChart rows={rows} selected={selected} onShow={onShow} hrefOf={hrefOf} />
      <div className="sim-distributions">
        <Distribution rows={rows} what="Rounds" of={rounds} />
        <Distribution rows={rows} what="Messages sent" of={sent} />
      </div>
      {children}
      <SweepTable rows={summary.rows} selected={selected} onShow={onShow} hrefOf={hrefOf} />
    </div>
  );
};
