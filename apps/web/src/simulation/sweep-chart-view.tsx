import { type Bin, distribution, type RunClass, type SweepRow, sweepChart } from "@parley/runtime/simulation";
import { type KeyboardEvent, useMemo, useRef } from "react";

interface ChartProps {
  readonly rows: readonly SweepRow[];
  readonly selected: number | undefined;
  readonly onShow: (index: number) => void;
  /** The address of a run. */
  readonly hrefOf: (index: number) => string;
}

const CELL = 14;
const LABEL = 132;

const marks: { readonly [one in RunClass]: string } = {
  passed: "",
  failed: "×",
  stuck: "■",
  limit: "…",
  refused: "?",
};

/** Every run of a sweep as a cell: a column per seed, a line per choice of parameters. */
export const OutcomeChart = ({ rows, selected, onShow, hrefOf }: ChartProps) => {
  const chart = useMemo(() => sweepChart(rows), [rows]);
  const box = useRef<SVGSVGElement>(null);
  const bare = chart.lines.length === 1 && chart.lines[0] === "";
  const left = bare ? 0 : LABEL;
  const place = new Map(chart.cells.map((cell) => [`${cell.line} ${cell.column}`, cell]));
  const at = chart.cells.findIndex(({ show }) => show === selected);
  const current = chart.cells[Math.max(0, at)];
  /** Arrows go from cell to cell; the one that has the focus is shown. */
  const move = (event: KeyboardEvent): void => {
    const steps: Record<string, readonly [number, number]> = {
      ArrowRight: [0, 1],
      ArrowLeft: [0, -1],
      ArrowDown: [1, 0],
      ArrowUp: [-1, 0],
    };
    const step = steps[event.key];
    const next = step && current && place.get(`${current.line + step[0]} ${current.column + step[1]}`);
    if (!next) return;
    event.preventDefault();
    onShow(next.show);
    const key = `[data-cell="${next.line} ${next.column}"]`;
    box.current?.querySelector<SVGAElement>(key)?.focus();
  };
  const seeds = `${chart.columns} ${chart.columns === 1 ? "column" : "columns"} of seeds`;
  const choices = `${chart.lines.length} ${chart.lines.length === 1 ? "line" : "lines"} of parameters`;
  return (
    <div className="sim-chart">
      {/* biome-ignore lint/a11y/useSemanticElements: a picture is no fieldset. */}
      <svg
        ref={box}
        width={left + chart.columns * CELL}
        height={chart.lines.length * CELL}
        role="group"
        aria-label={`Outcome of every run: ${seeds}, ${choices}`}
        onKeyDown={move}
      >
        {bare
          ? null
          : chart.lines.map((line, index) => (
              <text key={line} x={0} y={index * CELL + CELL - 3}>
                {line}
              </text>
            ))}
        {chart.cells.map((cell) => (
          <g
            key={`${cell.line} ${cell.column}`}
            transform={`translate(${left + cell.column * CELL} ${cell.line * CELL})`}
          >
            <a
              href={hrefOf(cell.show)}
              data-cell={`${cell.line} ${cell.column}`}
              data-outcome={cell.worst}
              tabIndex={cell === current ? 0 : -1}
              aria-label={cell.label}
              aria-current={cell.show === selected ? "true" : undefined}
              className={`cell ${cell.worst}`}
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                event.preventDefault();
                onShow(cell.show);
              }}
            >
              <title>{cell.label}</title>
              <rect x={1} y={1} width={CELL - 2} height={CELL - 2} rx={2} />
              <text x={CELL / 2} y={CELL - 4} textAnchor="middle">
                {marks[cell.worst]}
              </text>
            </a>
          </g>
        ))}
      </svg>
    </div>
  );
};

const BAR = 9;
const HEIGHT = 56;

const binText = ({ from, to, passed, failed }: Bin): string =>
  `${to - from <= 1 ? from : `${from} to ${to - 1}`}: ${passed} passed, ${failed} failed`;

interface DistributionProps {
  readonly rows: readonly SweepRow[];
  readonly what: string;
  readonly of: (row: SweepRow) => number;
}

/** How many runs took how much; the same as a list for whoever cannot see it. */
export const Distribution = ({ rows, what, of }: DistributionProps) => {
  const bins = useMemo(() => distribution(rows, of), [rows, of]);
  const most = Math.max(1, ...bins.map(({ passed, failed }) => passed + failed));
  const scale = (count: number): number => (count / most) * HEIGHT;
  const [first, last] = [bins[0], bins.at(-1)];
  return (
    <figure className="sim-distribution">
      <figcaption>
        {what}
        {first && last ? (
          <span className="mono">
            {" "}
            {first.from} … {last.to - 1}
          </span>
        ) : null}
      </figcaption>
      <svg width={Math.max(1, bins.length) * BAR} height={HEIGHT} aria-hidden="true">
        {bins.map((bin, i) => (
          <g key={bin.from} transform={`translate(${i * BAR} 0)`}>
            <title>{binText(bin)}</title>
            <rect
              className="passed"
              x={1}
              width={BAR - 2}
              y={HEIGHT - scale(bin.passed)}
              height={scale(bin.passed)}
            />
            <rect
              className="failed"
              x={1}
              width={BAR - 2}
              y={HEIGHT - scale(bin.passed + bin.failed)}
              height={scale(bin.failed)}
            />
          </g>
        ))}
      </svg>
      <ul className="visually-hidden">
        {bins.map((bin) => (
          <li key={bin.from}>{binText(bin)}</li>
        ))}
      </ul>
    </figure>
  );
};
