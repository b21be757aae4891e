import type { SweepRow } from "@parley/runtime/simulation";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef, useState } from "react";
import { Icon } from "../ui/icon.tsx";
import { type Column, columns, type TableView, tableRows } from "./table-rows.ts";

interface SweepTableProps {
  readonly rows: readonly SweepRow[];
  readonly selected: number | undefined;
  readonly onShow: (index: number) => void;
  /** The address of a run. */
  readonly hrefOf: (index: number) => string;
}

const ROW = 32;

const params = ({ bindings }: SweepRow): string =>
  bindings
    .filter(({ axis }) => axis !== "seed")
    .map(({ axis, value }) => `${axis.split(".").at(-1)} = ${value}`)
    .join(", ");

const names: { readonly [column in Column]: string } = {
  run: "Run",
  seed: "Seed",
  outcome: "Outcome",
  rounds: "Rounds",
  ms: "ms",
  sent: "Sent",
  lost: "Lost",
};

const Heads = ({
  view,
  onView,
}: {
  readonly view: TableView;
  readonly onView: (view: TableView) => void;
}) => (
  // biome-ignore lint/a11y/useSemanticElements: rows are placed one by one, out of a table's flow.
  // biome-ignore lint/a11y/useFocusableInteractive: its cells hold the buttons.
  <div role="row" className="sim-row head">
    {columns.map((column) => (
      // biome-ignore lint/a11y/useSemanticElements: as the row.
      // biome-ignore lint/a11y/useFocusableInteractive: it holds the button.
      <span
        key={column}
        role="columnheader"
        aria-sort={view.sort === column ? (view.down ? "descending" : "ascending") : "none"}
      >
        <button
          type="button"
          onClick={() => onView({ ...view, sort: column, down: view.sort === column && !view.down })}
        >
          {names[column]}
          {view.sort === column ? <span aria-hidden="true">{view.down ? " ↓" : " ↑"}</span> : null}
        </button>
      </span>
    ))}
  </div>
);

interface RowProps extends Pick<SweepTableProps, "onShow" | "hrefOf"> {
  readonly row: SweepRow;
}

const Cells = ({ row, onShow, hrefOf }: RowProps) => {
  const { index, seed, outcome, passed, rounds, clock, sent, lost, failures } = row;
  const cells = [seed, "", rounds, clock, sent, lost];
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: as the row. */}
      <span role="cell">
        <a
          href={hrefOf(index)}
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) return;
            event.preventDefault();
            onShow(index);
          }}
        >
          {index}
        </a>
      </span>
      {cells.map((cell, i) => (
        // biome-ignore lint/a11y/useSemanticElements: as the row.
        // biome-ignore lint/suspicious/noArrayIndexKey: columns are places.
        <span key={i} role="cell" title={i === 1 ? failures.join("\n") : undefined}>
          {i === 1 ? (
            <span className={passed ? "outcome ok" : "outcome bad"}>
              <Icon name={passed ? "check" : "cross"} size={12} /> {outcome}
              {params(row) === "" ? null : <small> {params(row)}</small>}
            </span>
          ) : (
            <span className="mono">{cell}</span>
          )}
        </span>
      ))}
    </>
  );
};

const outcomes = ["completed", "stuck", "faulted", "limit", "refused"];

/** Every run of a sweep as a row; only those in sight are mounted. */
export const SweepTable = ({ rows, selected, onShow, hrefOf }: SweepTableProps) => {
  const [view, setView] = useState<TableView>({ sort: "run", down: false, filter: "" });
  const shown = useMemo(() => tableRows(rows, view), [rows, view]);
  const box = useRef<HTMLDivElement>(null);
  const list = useVirtualizer({
    count: shown.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    overscan: 6,
  });
  return (
    <>
      <div className="sim-table-tools">
        <label>
          Show{" "}
          <select
            className="input"
            value={view.filter}
            onChange={({ target }) => setView({ ...view, filter: target.value })}
          >
            <option value="">every run</option>
            <option value="failed">failed</option>
            {outcomes.map((outcome) => (
              <option key={outcome}>{outcome}</option>
            ))}
          </select>
        </label>
        <span role="status">
          {shown.length} of {rows.length} runs
        </span>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: rows are placed one by one, out of a table's flow. */}
      <div
        ref={box}
        className="sim-table"
        role="table"
        aria-label="Runs of the sweep"
        aria-rowcount={shown.length + 1}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region is reached by the keyboard.
        tabIndex={0}
      >
        <Heads view={view} onView={setView} />
        {/* biome-ignore lint/a11y/useSemanticElements: as the table. */}
        <div style={{ height: list.getTotalSize(), position: "relative" }} role="rowgroup">
          {list.getVirtualItems().map(({ index, start }) => {
            const row = shown[index];
            return row ? (
              // biome-ignore lint/a11y/useSemanticElements: as the table.
              // biome-ignore lint/a11y/useFocusableInteractive: its link is.
              <div
                key={row.index}
                role="row"
                aria-rowindex={index + 2}
                className={row.index === selected ? "sim-row selected" : "sim-row"}
                style={{ transform: `translateY(${start}px)` }}
              >
                <Cells row={row} onShow={onShow} hrefOf={hrefOf} />
              </div>
            ) : null;
          })}
        </div>
      </div>
    </>
  );
};
