import {
  framesBetween,
  type MessageRow,
  rowsBetween,
  type SequenceLayout,
  type SequenceModel,
  sequenceLayout,
} from "@parley/core/diagram";
import { type RefObject, useEffect, useMemo, useRef, useState } from "react";
import { isSelected } from "../selection/selection.ts";
import type { OpenMenu } from "./diagram-menu.ts";
import { FrameShape } from "./frame-shape.tsx";
import { LaneHeads } from "./lane-heads.tsx";
import { Band, type BreakMarks } from "./sequence-band.tsx";
import "./sequence.css";
import { useDiagramKeys } from "./use-diagram-keys.ts";
import { useWindow } from "./use-window.ts";

export interface SequenceViewProps {
  readonly model: SequenceModel;
  /** Edge id (or row id of a live picture) that is selected. */
  readonly selected?: string | undefined;
  readonly onSelect: (row: MessageRow) => void;
  readonly onHover?: (row: MessageRow | undefined) => void;
  readonly onOpen?: (row: MessageRow) => void;
  /** Ids of rows a problem is about. */
  readonly marked?: ReadonlySet<string>;
  /** The last good picture of a text that has errors now. */
  readonly dimmed?: boolean;
  readonly laneNotes?: ReadonlyMap<string, string>;
  /** Row that travels along its arrow: the one a step has just made. */
  readonly fresh?: string | undefined;
  /** Scrolls the present into view whenever it moves. */
  readonly followNow?: boolean;
  /** Breakpoints in the left margin: the statements that have one, and what a click there does. */
  readonly breaks?: BreakMarks | undefined;
  /** What can be done with a message or a role, asked for by the pointer or by keys. */
  readonly onMenu?: OpenMenu | undefined;
  /** Lanes of roles that something is wrong with, and what. */
  readonly laneMarks?: ReadonlyMap<string, string> | undefined;
  readonly label: string;
}

/** Rows drawn above and below the window, so that a scroll shows no gap. */
const OVERSCAN = 240;

/** Width kept for cost and facts; the layout adds a margin of 16 px at each side. */
const GUTTER = 120;

const laneWidthFor = (lanes: number, available: number): number => {
  const share = Math.floor((available - GUTTER - 32) / Math.max(1, lanes));
  return Math.min(220, Math.max(112, share));
};

const useCollapsed = () => {
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string): void =>
    setCollapsed((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  return { collapsed, toggle };
};

const rowOf = (layout: SequenceLayout, selected: string | undefined) =>
  selected === undefined
    ? undefined
    : layout.rows.find(
        ({ row }) => row?.kind === "message" && (row.id === selected || isSelected(selected, row.edge)),
      );

/** Keeps the selected row, or the present, in sight without jumping when it already is. */
const useReveal = (
  ref: RefObject<HTMLDivElement | null>,
  layout: SequenceLayout,
  y: number | undefined,
): void => {
  useEffect(() => {
    const box = ref.current;
    if (!box || y === undefined) return;
    const top = box.scrollTop + layout.headHeight;
    const bottom = box.scrollTop + box.clientHeight;
    if (y < top + 20 || y > bottom - 60) box.scrollTo({ top: Math.max(0, y - box.clientHeight / 2) });
  }, [ref, layout.headHeight, y]);
};

/** A sequence diagram: sticky heads, only the rows in sight, one keyboard control. */
export const SequenceView = (props: SequenceViewProps) => {
  const { model, selected, onSelect, onHover, dimmed, laneNotes, fresh, label } = props;
  const ref = useRef<HTMLDivElement>(null);
  const view = useWindow(ref);
  const { collapsed, toggle } = useCollapsed();
  const [focused, setFocused] = useState<string>();
  const laneWidth = laneWidthFor(model.lanes.length, view.width);
  const layout = useMemo(
    () => sequenceLayout(model, { laneWidth, collapsed, gutter: GUTTER }),
    [model, laneWidth, collapsed],
  );
  const ordinals = useMemo(() => new Map(model.lanes.map((lane) => [lane.id, lane.ordinal])), [model]);
  const chosen = rowOf(layout, selected);
  useReveal(ref, layout, chosen?.y);
  useReveal(ref, layout, props.followNow ? layout.now : undefined);

  const keyboard = useDiagramKeys({
    box: ref,
    layout,
    row: chosen?.row?.kind === "message" ? chosen.row : undefined,
    frame: chosen?.frame,
    onSelect,
    onFold: toggle,
    onOpen: props.onOpen,
    onMenu: props.onMenu,
  });

  const from = view.top - OVERSCAN;
  const to = view.top + view.height + OVERSCAN;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a diagram is no fieldset.
    <div
      ref={ref}
      className={dimmed ? "sequence dimmed" : "sequence"}
      role="group"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the diagram is one control, its arrow keys move between messages.
      tabIndex={0}
      aria-label={`${label}. Arrow keys move between messages, Space folds the frame around one.${props.onMenu ? " Enter opens what can be done; roles are above the first message." : ""}`}
      onKeyDown={keyboard.onKeyDown}
      onBlur={keyboard.onBlur}
    >
      <LaneHeads
        layout={layout}
        focused={focused}
        onFocus={(lane) => setFocused((before) => (before === lane ? undefined : lane))}
        reached={keyboard.head}
        marks={props.laneMarks}
        onMenu={props.onMenu}
        {...(laneNotes ? { notes: laneNotes } : {})}
      />
      <svg
        width={layout.width}
        height={layout.height - layout.headHeight}
        viewBox={`0 ${layout.headHeight} ${layout.width} ${layout.height - layout.headHeight}`}
        aria-hidden="true"
      >
        {layout.lanes.map(({ lane, x }) => (
          <line
            key={lane.id}
            className="lane-line"
            x1={x}
            x2={x}
            y1={Math.max(layout.headHeight, from)}
            y2={Math.min(layout.height, to)}
            stroke={`var(--role-${(lane.ordinal % 6) + 1})`}
          />
        ))}
        {framesBetween(layout, from, to).map((box) => (
          <FrameShape key={box.id} box={box} onToggle={toggle} />
        ))}
        {rowsBetween(layout, from, to).map((row) => (
          <Band
            key={row.id}
            row={row}
            layout={layout}
            ordinals={ordinals}
            selected={
              row.row?.kind === "message" &&
              selected !== undefined &&
              (row.row.id === selected || isSelected(selected, row.row.edge))
            }
            dim={
              focused !== undefined &&
              row.kind === "message" &&
              !row.arrows.some((arrow) => arrow.from === focused || arrow.to === focused)
            }
            marked={props.marked?.has(row.id) ?? false}
            fresh={fresh !== undefined && row.id === fresh}
            breaks={props.breaks}
            onSelect={onSelect}
            onHover={onHover}
            onMenu={props.onMenu}
          />
        ))}
      </svg>
    </div>
  );
};
