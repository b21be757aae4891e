import type { BudgetChange } from "@parley/wire/http";
import { Link } from "@tanstack/react-router";
import { type KeyboardEvent, useMemo, useState } from "react";
import { Chip } from "../ui/chip.tsx";
import { when } from "../ui/when.ts";
import { budgetSeries, type SeriesPoint, stepPath } from "./budget-series.ts";

const box = { width: 640, height: 140 };
const LEFT = 52;
const TOP = 8;

const spentOf = ({ spent }: SeriesPoint): number => spent;
const limitOf = ({ limit }: SeriesPoint): number => limit;

/** What one change did, in words, and where it leads. */
const Change = ({ change }: { readonly change: BudgetChange }) => (
  <p className="chart-said" role="status">
    <span className="mono">#{change.seq}</span> {when(change.at)} · {change.text} · {change.spent} of{" "}
    {change.limit} spent, epoch {change.epoch}{" "}
    {change.charge === null ? (
      <Chip>{change.kind}</Chip>
    ) : (
      <Link to="/sessions/$id" params={{ id: change.charge.session }}>
        the session it was charged for
      </Link>
    )}
  </p>
);

/** A budget over time: the limit as a line, what is spent below it; arrows walk from change to change. */
export const BudgetChart = ({ changes }: { readonly changes: readonly BudgetChange[] }) => {
  const series = useMemo(() => budgetSeries(changes), [changes]);
  const [chosen, setChosen] = useState<number>();
  const at = Math.min(chosen ?? changes.length - 1, changes.length - 1);
  const point = series.points[at];
  if (!point) return <p className="quiet">Nothing has changed it yet: the default holds.</p>;
  const spent = stepPath(series, spentOf, box);
  const move = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -1, ArrowRight: 1, Home: -changes.length, End: changes.length }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    setChosen(Math.max(0, Math.min(changes.length - 1, at + step)));
  };
  return (
    <figure className="chart">
      <div
        role="slider"
        tabIndex={0}
        aria-label="Budget over time"
        aria-valuemin={0}
        aria-valuemax={changes.length - 1}
        aria-valuenow={at}
        aria-valuetext={`${point.spent} of ${point.limit} spent after ${point.change.text}`}
        onKeyDown={move}
        onPointerDown={(event) => {
          const area = event.currentTarget.getBoundingClientRect();
          const x = ((event.clientX - area.left) / area.width) * (box.width + LEFT + 8) - LEFT;
          setChosen(Math.max(0, Math.round((x / box.width) * (changes.length - 1))));
        }}
      >
        <svg
          className="drawn"
          viewBox={`0 0 ${box.width + LEFT + 8} ${box.height + TOP + 22}`}
          aria-hidden="true"
        >
          <g transform={`translate(${LEFT} ${TOP})`}>
            <path className="chart-axis" d={`M0 0V${box.height}H${box.width}`} />
            <text x={-6} y={4} textAnchor="end">
              {series.top}
            </text>
            <text x={-6} y={box.height} textAnchor="end">
              0
            </text>
            <path className="chart-area" d={`${spent}V${box.height}H0Z`} />
            <path className="chart-spent" d={spent} />
            <path className="chart-limit" d={stepPath(series, limitOf, box)} />
            <path className="chart-now" d={`M${point.x * box.width} 0V${box.height}`} />
            <text x={0} y={box.height + 16}>
              #{series.points[0]?.change.seq}
            </text>
            <text x={box.width} y={box.height + 16} textAnchor="end">
              #{series.points.at(-1)?.change.seq}
            </text>
          </g>
        </svg>
      </div>
      <figcaption>
        <span className="key-spent">spent</span> <span className="key-limit">limit</span> by change
      </figcaption>
      <Change change={point.change} />
    </figure>
  );
};
