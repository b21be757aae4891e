import type { OwnershipView } from "@parley/wire/http";
import { useMemo } from "react";
import { useNames } from "../ceremonies/ceremony-data.ts";
import { lineageLayout } from "./lineage-layout.ts";

const LANE = 116;
const ROW = 40;
const HEAD = 34;

const xOf = (lane: number): number => lane * LANE + LANE / 2;
const yOf = (row: number): number => HEAD + row * ROW;

interface LineageProps {
  readonly view: OwnershipView;
  readonly selected: string | undefined;
  readonly onOpen: (receipt: string) => void;
}

/** Who owned the session: authorities as lanes, each handover an arrow with its generation and bundle. */
export const LineageDrawing = ({ view, selected, onOpen }: LineageProps) => {
  const layout = useMemo(() => lineageLayout(view.lineage), [view.lineage]);
  const names = useNames();
  const said = view.lineage.nodes
    .map(({ name, generation, current }) => `${name} with generation ${generation}${current ? ", now" : ""}`)
    .join("; then ");
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a drawing that scrolls must be reachable by keyboard.
    <section className="own-lineage" tabIndex={0} aria-label="Lineage">
      <div style={{ position: "relative", width: layout.lanes.length * LANE, height: yOf(layout.rows) + 8 }}>
        <svg width={layout.lanes.length * LANE} height={yOf(layout.rows) + 8} role="img" aria-label={said}>
          <defs>
            <marker
              id="own-tip"
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerWidth="8"
              markerHeight="8"
              orient="auto"
            >
              <path d="M0 0L8 4L0 8z" className="own-tip" />
            </marker>
          </defs>
          {layout.lanes.map(({ owner, name, current }, lane) => (
            <g key={owner}>
              <circle cx={xOf(lane)} cy={10} r={5} style={{ fill: `hsl(${names(owner).hue} 62% 48%)` }} />
              <text
                x={xOf(lane)}
                y={30}
                textAnchor="middle"
                className={current ? "own-name current" : "own-name"}
              >
                {name.slice(0, 14)}
              </text>
              <path className="own-line" d={`M${xOf(lane)} ${yOf(0) + 4}V${yOf(layout.rows)}`} />
            </g>
          ))}
          {layout.stays.map(({ lane, from, to, current }) => (
            <path
              key={`${lane} ${from}`}
              className={current ? "own-stay current" : "own-stay"}
              d={`M${xOf(lane)} ${yOf(from) + 4}V${yOf(to)}`}
            />
          ))}
          {layout.arrows.map(({ edge, from, to, row }) => (
            <path
              key={edge.receipt}
              className={edge.receipt === selected ? "own-arrow chosen" : "own-arrow"}
              d={
                from === to
                  ? `M${xOf(from)} ${yOf(row) - 8}h30v14h-24`
                  : `M${xOf(from)} ${yOf(row)}H${xOf(to) + (to > from ? -5 : 5)}`
              }
              markerEnd="url(#own-tip)"
            />
          ))}
        </svg>
        {layout.arrows.map(({ edge, from, to, row, generation }) => (
          <button
            key={edge.receipt}
            type="button"
            className={edge.receipt === selected ? "own-hop chosen" : "own-hop"}
            style={{ left: (xOf(from) + xOf(to)) / 2, top: yOf(row) - 25 }}
            aria-pressed={edge.receipt === selected}
            title={`${edge.bundle}${edge.seq === null ? "" : ` at #${edge.seq}`}`}
            onClick={() => onOpen(edge.receipt)}
          >
            <span className="visually-hidden">Receipt of generation </span>
            <span className="mono">{generation}</span> <span className="own-bundle">{edge.bundle}</span>
          </button>
        ))}
      </div>
    </section>
  );
};
