import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef } from "react";
import { useSelection } from "../../selection/selection.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState, ErrorState, LoadingState } from "../../ui/states.tsx";
import { useOpenSession } from "../session-context.ts";
import {
  type EffectFilter,
  type EffectRow,
  effectKinds,
  effectsCsv,
  effectsJson,
  filterEffects,
  isEffectKind,
} from "./effect-rows.ts";
import "./effects.css";
import { useEffects } from "./use-effects.ts";

const ROW = 44;

const download = (name: string, type: string, text: string): void => {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
};

const select = ({ seq, index, role }: EffectRow): void =>
  useSelection.getState().select({ seq, index, role, source: "events" });

const Line = ({ row, here }: { readonly row: EffectRow; readonly here: boolean }) => {
  const { commands } = useOpenSession();
  const chosen = useSelection(
    ({ selection }) =>
      selection.seq === row.seq && (selection.index === undefined || selection.index === row.index),
  );
  return (
    <div className={["effect", chosen && "chosen", here && "here"].filter(Boolean).join(" ")}>
      <button
        type="button"
        className="mono link"
        title={`Go to position ${row.seq}`}
        onClick={() => commands.go(row.seq)}
      >
        #{row.seq}.{row.index}
      </button>
      <button type="button" className="effect-what" aria-pressed={chosen} onClick={() => select(row)}>
        <span>
          <b>{row.kind}</b> {row.role} <span className="mono">{row.key}</span>
          {row.value === "" ? null : ` = ${row.value}`}
          {row.granted ? null : <em className="bad-note"> not granted</em>}
        </span>
        <small className="mono" title={`${row.predicate}, witness ${row.witness}`}>
          {row.predicate} · {row.witness}
        </small>
      </button>
    </div>
  );
};

const Tools = ({
  filter,
  onFilter,
  shown,
  all,
  done,
  head,
  read,
}: {
  readonly filter: EffectFilter;
  readonly onFilter: (filter: EffectFilter) => void;
  readonly shown: readonly EffectRow[];
  readonly all: number;
  readonly done: boolean;
  readonly head: number;
  readonly read: number;
}) => {
  const { data } = useOpenSession();
  const name = `${data.id}.effects`;
  return (
    <div className="bar-row effect-tools">
      <input
        className="input"
        type="search"
        aria-label="Filter effects"
        placeholder="role, key, predicate …"
        value={filter.text}
        onChange={({ target }) => onFilter({ ...filter, text: target.value })}
      />
      <select
        className="input"
        aria-label="Kind of effect"
        value={filter.kind ?? ""}
        onChange={({ target }) =>
          onFilter({ ...filter, kind: isEffectKind(target.value) ? target.value : undefined })
        }
      >
        <option value="">All six kinds</option>
        {effectKinds.map((kind) => (
          <option key={kind}>{kind}</option>
        ))}
      </select>
      <span className="quiet-note" role="status">
        {shown.length} of {all}
        {done ? "" : `, read to ${read} of ${head + 1} …`}
      </span>
      <Button
        small
        disabled={!done || shown.length === 0}
        onClick={() => download(`${name}.json`, "application/json", effectsJson(data.id, shown))}
      >
        JSON
      </Button>
      <Button
        small
        disabled={!done || shown.length === 0}
        onClick={() => download(`${name}.csv`, "text/csv", effectsCsv(shown))}
      >
        CSV
      </Button>
    </div>
  );
};

/** Where the list stands: at the selection where it names one, else at the position shown. */
const usePlace = (rows: readonly EffectRow[], at: number): number => {
  const { seq, index } = useSelection(({ selection }) => selection);
  return useMemo(() => {
    if (seq !== undefined) {
      const exact = rows.findIndex((row) => row.seq === seq && (index === undefined || row.index === index));
      if (exact >= 0) return exact;
    }
    return rows.findLastIndex((row) => row.seq <= at);
  }, [rows, seq, index, at]);
};

const List = ({ rows }: { readonly rows: readonly EffectRow[] }) => {
  const { data } = useOpenSession();
  const { at } = data.view;
  const box = useRef<HTMLDivElement>(null);
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    overscan: 8,
  });
  const place = usePlace(rows, at);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list follows the place, not its own changes.
  useEffect(() => {
    if (place >= 0) list.scrollToIndex(place, { align: "auto" });
  }, [place]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are placed one by one; a list element would hold none of them in order.
    <div
      ref={box}
      className="events"
      role="list"
      aria-label="Effects of the session"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region is reached by the keyboard.
      tabIndex={0}
    >
      <div style={{ height: list.getTotalSize(), position: "relative" }}>
        {list.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          return row === undefined ? null : (
            // biome-ignore lint/a11y/useSemanticElements: see above.
            <div
              key={`${row.seq}.${row.index}`}
              role="listitem"
              aria-setsize={rows.length}
              aria-posinset={index + 1}
              style={{
                position: "absolute",
                insetInline: 0,
                top: 0,
                height: ROW,
                transform: `translateY(${start}px)`,
              }}
            >
              <Line row={row} here={row.seq === at} />
            </div>
          );
        })}
      </div>
    </div>
  );
};

/**
 * What the session exchanged with its host: the six structured events, each
 * with the output predicate it went by and its witness. The address keeps the
 * filter and the selection.
 */
export const EffectsTab = ({
  filter,
  onFilter,
}: {
  readonly filter: EffectFilter;
  readonly onFilter: (filter: EffectFilter) => void;
}) => {
  const { data } = useOpenSession();
  const { place, id } = data;
  const { rows, done, read, error, retry } = useEffects(id, place.head);
  const shown = useMemo(() => filterEffects(rows, filter), [rows, filter]);
  if (error !== undefined && rows.length === 0) return <ErrorState error={error} retry={retry} />;
  return (
    <div className="effects">
      <Tools
        filter={filter}
        onFilter={onFilter}
        shown={shown}
        all={rows.length}
        done={done}
        head={place.head}
        read={read}
      />
      {shown.length > 0 ? (
        <List rows={shown} />
      ) : done ? (
        <EmptyState title={rows.length === 0 ? "Nothing was exchanged yet" : "Nothing fits the filter"}>
          {rows.length === 0
            ? "Each send, receipt, choice, step and guard layer of the session stands here once it has happened."
            : "Change the words or the kind above."}
        </EmptyState>
      ) : (
        <LoadingState what="the effects" />
      )}
    </div>
  );
};
