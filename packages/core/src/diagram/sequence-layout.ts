/**
 * Geometry of a sequence diagram: pure, integer, deterministic, linear in the
 * number of rows. The renderer draws the rows of its window (`rowsBetween`)
 * and the frames that meet it (`framesBetween`).
 */

import { laneOrder } from "./lane-order.ts";
import { layOutRows } from "./layout-rows.ts";
import type { FrameRow, Lane, SequenceModel, SequenceRow } from "./sequence-model.ts";

export interface SequenceLayoutOptions {
  /** Distance between lanes in px. Default 160. */
  readonly laneWidth?: number;
  /** Height of a message row in px. Default 34. */
  readonly rowHeight?: number;
  /** Height kept for the heads. Default 56. */
  readonly headHeight?: number;
  /** Width kept at the right for cost and facts. Default 96. */
  readonly gutter?: number;
  /** Ids of frames drawn as one line. */
  readonly collapsed?: Iterable<string>;
  /** Lane ids in the order wanted; lanes not named follow in order of declaration. */
  readonly laneOrder?: readonly string[];
}

export interface LaneBox {
  readonly lane: Lane;
  /** Centre line. */
  readonly x: number;
  /** Extent of the column. */
  readonly left: number;
  readonly right: number;
}

export interface Arrow {
  /** Edge id of the leg. */
  readonly edge: string;
  /** Id of the row it lies in. */
  readonly row: string;
  /** From sender to receiver; equal for a message inside a folded family. */
  readonly x1: number;
  readonly x2: number;
  readonly y: number;
  readonly from: string;
  readonly to: string;
  /** How far to the right a loop reaches when both ends share a lane, else 0. */
  readonly loop: number;
}

/** The box of something one role does by itself. */
export interface DeedMark {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Centre of its lane, and of the lane something is handed to. */
  readonly lane: number;
  readonly target?: number;
}

export type RowKind =
  | "message"
  | "deed"
  | "frame"
  | "collapsed"
  | "section"
  | "empty"
  | "foot"
  | "continue"
  | "leave"
  | "note"
  | "now";

/** One horizontal band. Bands follow each other without gap or overlap. */
export interface RowBox {
  /** Unique in the layout; the model row's own id, with a suffix for `section`, `empty` and `foot` bands. */
  readonly id: string;
  readonly kind: RowKind;
  readonly y: number;
  readonly height: number;
  /** Extent of the innermost frame, or of all lanes outside frames. */
  readonly x: number;
  readonly width: number;
  /** Number of enclosing frames; of a frame's own bands, counted with it. */
  readonly depth: number;
  /** Innermost frame. */
  readonly frame?: string;
  /** Text of the band: title, arm label, mark; the label of a message. */
  readonly text: string;
  /** Guard of an arm, summary of a collapsed frame. */
  readonly detail: string;
  readonly arrows: readonly Arrow[];
  /** Of a deed. */
  readonly mark?: DeedMark;
  /** The model row; missing for bands that only the layout has. */
  readonly row?: SequenceRow;
}

/** A frame and everything in it. */
export interface FrameBox {
  readonly id: string;
  readonly row: FrameRow;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly collapsed: boolean;
  /** Where sections after the first begin. */
  readonly dividers: readonly number[];
}

export interface SequenceLayout {
  readonly width: number;
  readonly height: number;
  readonly headHeight: number;
  /** Where the gutter begins. */
  readonly gutterX: number;
  readonly lanes: readonly LaneBox[];
  /** Sorted by `y`. */
  readonly rows: readonly RowBox[];
  /** Sorted by `y`. */
  readonly arrows: readonly Arrow[];
  /** Outer before inner, sorted by `y`. */
  readonly frames: readonly FrameBox[];
  /** `y` of the present in a live picture. */
  readonly now?: number;
}

const MARGIN = 16;
const BOTTOM = 24;

/**
 * Lays out a static or a live sequence.
 *
 * @example
 * const layout = sequenceLayout(model, { collapsed: ["2"], laneOrder: ["Seller", "Buyer"] });
 */
export const sequenceLayout = (model: SequenceModel, options: SequenceLayoutOptions = {}): SequenceLayout => {
  const laneWidth = Math.max(32, Math.trunc(options.laneWidth ?? 160));
  const rowHeight = Math.max(16, Math.trunc(options.rowHeight ?? 34));
  const headHeight = Math.trunc(options.headHeight ?? 56);
  const gutter = Math.trunc(options.gutter ?? 96);
  const lanes = laneOrder(model.lanes, options.laneOrder ?? []).map((lane, position): LaneBox => {
    const left = MARGIN + position * laneWidth;
    return { lane, x: left + Math.trunc(laneWidth / 2), left, right: left + laneWidth };
  });
  const gutterX = MARGIN + lanes.length * laneWidth;
  const { rows, frames, bottom } = layOutRows(model.rows, {
    lanes,
    laneWidth,
    rowHeight,
    top: headHeight,
    collapsed: new Set(options.collapsed ?? []),
  });
  const now = rows.find((row) => row.kind === "now");
  return {
    width: gutterX + gutter + MARGIN,
    height: bottom + BOTTOM,
    headHeight,
    gutterX,
    lanes,
    rows,
    arrows: rows.flatMap((row) => row.arrows),
    frames,
    ...(now === undefined ? {} : { now: now.y + Math.trunc(now.height / 2) }),
  };
};

/** The rows that meet `y0 ≤ y < y1`, by binary search. */
export const rowsBetween = (layout: SequenceLayout, y0: number, y1: number): readonly RowBox[] => {
  const firstAt = (edge: (row: RowBox) => boolean): number => {
    let low = 0;
    let high = layout.rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const row = layout.rows[middle];
      if (row !== undefined && edge(row)) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  return layout.rows.slice(
    firstAt((row) => row.y + row.height > y0),
    firstAt((row) => row.y >= y1),
  );
};

/** The frames that meet `y0 ≤ y < y1`, outer before inner. */
export const framesBetween = (layout: SequenceLayout, y0: number, y1: number): readonly FrameBox[] =>
  layout.frames.filter((frame) => frame.y < y1 && frame.y + frame.height > y0);
