import { useVirtualizer } from "@tanstack/react-virtual";
import { type CSSProperties, type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import { download } from "../simulation/download.ts";
import { Button } from "./button.tsx";
import { type Cell, csvOf } from "./csv.ts";
import "./data-table.css";

/** One column of a table. */
export interface Column<T> {
  /** Its name in exports. */
  readonly id: string;
  readonly head: string;
  /** What is exported, and shown unless `show` says otherwise. */
  readonly text: (row: T) => Cell;
  readonly show?: (row: T) => ReactNode;
  /** Grid track; absent = `minmax(0, 1fr)`. */
  readonly width?: string;
  /** Left out where there is little room. */
  readonly wide?: boolean;
}

interface DataTableProps<T> {
  readonly label: string;
  readonly rows: readonly T[];
  readonly columns: readonly Column<T>[];
  readonly keyOf: (row: T) => string;
  /** The address of a row: its first cell is the link. Absent where rows lead nowhere. */
  readonly hrefOf?: (row: T) => string;
  readonly onOpen?: (row: T) => void;
  readonly selected?: string | undefined;
  /** Name of exported files; absent = `label`. */
  readonly file?: string;
  /** What stands beside the exports: filters. */
  readonly tools?: ReactNode;
  readonly empty: ReactNode;
}

const ROW = 38;

const tracks = <T,>(columns: readonly Column<T>[]): string =>
  columns.map(({ width }) => width ?? "minmax(0, 1fr)").join(" ");

const Tools = <T,>({ label, file, rows, columns, tools }: DataTableProps<T>) => {
  const name = (file ?? label).replaceAll(/[^\w.-]+/g, "-").toLowerCase();
  return (
    <div className="dt-tools">
      {tools}
      <span className="dt-count" role="status">
        {rows.length} {rows.length === 1 ? "row" : "rows"}
      </span>
      <Button
        small
        disabled={rows.length === 0}
        aria-label={`Export ${label} as JSON`}
        onClick={() =>
          download(`${name}.json`, "application/json", `${JSON.stringify(rows, undefined, 1)}\n`)
        }
      >
        JSON
      </Button>
      <Button
        small
        disabled={rows.length === 0}
        aria-label={`Export ${label} as CSV`}
        onClick={() =>
          download(
            `${name}.csv`,
            "text/csv",
            csvOf(
              columns.map(({ id }) => id),
              rows.map((row) => columns.map(({ text }) => text(row))),
            ),
          )
        }
      >
        CSV
      </Button>
    </div>
  );
};

const Heads = <T,>({ columns }: { readonly columns: readonly Column<T>[] }) => (
  // biome-ignore lint/a11y/useSemanticElements: rows are placed one by one, out of a table's flow.
  // biome-ignore lint/a11y/useFocusableInteractive: heads name columns and do nothing.
  <div role="row" className="dt-row head">
    {columns.map(({ id, head, wide }) => (
      // biome-ignore lint/a11y/useSemanticElements: as the row.
      // biome-ignore lint/a11y/useFocusableInteractive: as the row.
      <span key={id} role="columnheader" className={wide ? "wide-only" : undefined}>
        {head}
      </span>
    ))}
  </div>
);

const Cells = <T,>({
  row,
  table: { columns, hrefOf, onOpen, keyOf, selected },
}: {
  readonly row: T;
  readonly table: DataTableProps<T>;
}) =>
  columns.map(({ id, text, show, wide }, at) => (
    // biome-ignore lint/a11y/useSemanticElements: as the table.
    <span key={id} role="cell" className={wide ? "wide-only" : undefined}>
      {at === 0 && hrefOf ? (
        <a
          href={hrefOf(row)}
          aria-current={keyOf(row) === selected ? "true" : undefined}
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) return;
            event.preventDefault();
            onOpen?.(row);
          }}
        >
          {show ? show(row) : text(row)}
        </a>
      ) : show ? (
        show(row)
      ) : (
        text(row)
      )}
    </span>
  ));

/** Which row the arrow keys lead to; undefined for any other key. */
const target = (key: string, at: number, count: number): number | undefined => {
  switch (key) {
    case "ArrowDown":
      return Math.min(at + 1, count - 1);
    case "ArrowUp":
      return Math.max(at - 1, 0);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
};

const Body = <T,>(table: DataTableProps<T>) => {
  const { rows, keyOf, selected, columns, label } = table;
  const box = useRef<HTMLDivElement>(null);
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    overscan: 8,
  });
  const place = selected === undefined ? -1 : rows.findIndex((row) => keyOf(row) === selected);
  useEffect(() => {
    if (place < 0) return;
    list.scrollToIndex(place, { align: "auto" });
    const row = box.current?.querySelector(`[data-index="${place}"]`);
    row?.scrollIntoView({ block: "nearest" });
  }, [place, list]);
  const onKey = (event: KeyboardEvent): void => {
    const row = (event.target as HTMLElement).closest<HTMLElement>("[data-index]");
    if (!(event.target instanceof HTMLAnchorElement) || !row) return;
    const to = target(event.key, Number(row.dataset.index), rows.length);
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    list.scrollToIndex(to, { align: "auto" });
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-index="${to}"] a`)?.focus());
  };
  const style = {
    "--dt-wide": tracks(columns),
    "--dt-narrow": tracks(columns.filter(({ wide }) => !wide)),
  } as CSSProperties;
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are placed one by one, out of a table's flow.
    <div
      ref={box}
      className="dt"
      role="table"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      style={style}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region is reached by the keyboard.
      tabIndex={0}
      onKeyDown={onKey}
    >
      <Heads columns={columns} />
      {/* biome-ignore lint/a11y/useSemanticElements: as the table. */}
      <div role="rowgroup" style={{ height: list.getTotalSize(), position: "relative" }}>
        {list.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          return row === undefined ? null : (
            // biome-ignore lint/a11y/useSemanticElements: as the table.
            // biome-ignore lint/a11y/useFocusableInteractive: its link is.
            <div
              key={keyOf(row)}
              role="row"
              aria-rowindex={index + 2}
              data-index={index}
              data-row={keyOf(row)}
              className={keyOf(row) === selected ? "dt-row chosen" : "dt-row"}
              style={{ transform: `translateY(${start}px)` }}
            >
              <Cells row={row} table={table} />
            </div>
          );
        })}
      </div>
    </div>
  );
};

/**
 * A table whose rows have addresses: arrows move between them, Enter opens
 * one; only those in sight are mounted; exported as JSON and as CSV.
 */
export const DataTable = <T,>(table: DataTableProps<T>) => (
  <div className="dt-frame">
    <Tools {...table} />
    {table.rows.length === 0 ? table.empty : <Body {...table} />}
  </div>
);
