import type { Arrow, DeedMark, FrameBox, LaneBox, RowBox, RowKind } from "./sequence-layout.ts";
import type { DeedRow, FrameRow, MessageRow, Section, SequenceRow } from "./sequence-model.ts";

export interface RowMetrics {
  readonly lanes: readonly LaneBox[];
  readonly laneWidth: number;
  readonly rowHeight: number;
  readonly top: number;
  readonly collapsed: ReadonlySet<string>;
}

/** Bands and frames, and the `y` below the last band. */
export interface PlacedRows {
  readonly rows: readonly RowBox[];
  readonly frames: readonly FrameBox[];
  readonly bottom: number;
}

const FRAME_HEAD = 28;
const SECTION_HEAD = 24;
const MARK = 24;
const DEED = 30;
const FOOT = 12;
/** How far an arrow lies above the lower edge of its band; its label stands above it. */
const ARROW_LIFT = 10;

/** How far a message inside a folded family reaches to the right. */
const LOOP = 28;

interface Extent {
  readonly first: number;
  readonly last: number;
}

interface Box {
  readonly x: number;
  readonly width: number;
  readonly depth: number;
  readonly frame?: string;
}

interface Pen {
  readonly metrics: RowMetrics;
  readonly positions: ReadonlyMap<string, number>;
  readonly extents: ReadonlyMap<FrameRow, Extent>;
  readonly inset: number;
  readonly rows: RowBox[];
  readonly frames: FrameBox[];
  y: number;
}

/** Stacks the rows of a model from `top` downwards. */
export const layOutRows = (rows: readonly SequenceRow[], metrics: RowMetrics): PlacedRows => {
  const positions = new Map(metrics.lanes.map((box, position) => [box.lane.id, position]));
  const extents = new Map<FrameRow, Extent>();
  const deepest = measure(rows, positions, extents, {
    first: 0,
    last: Math.max(0, metrics.lanes.length - 1),
  });
  const room = Math.trunc(metrics.laneWidth / 2) - LOOP - 4;
  const pen: Pen = {
    metrics,
    positions,
    extents,
    inset: Math.max(0, Math.min(8, Math.trunc(room / (deepest.depth + 1)))),
    rows: [],
    frames: [],
    y: metrics.top,
  };
  const left = metrics.lanes[0]?.left ?? 0;
  const right = metrics.lanes.at(-1)?.right ?? left;
  place(pen, rows, { x: left, width: right - left, depth: 0 });
  return { rows: pen.rows, frames: pen.frames, bottom: pen.y };
};

interface Measured {
  readonly extent: Extent | undefined;
  readonly depth: number;
}

const union = (a: Extent | undefined, b: Extent | undefined): Extent | undefined =>
  a === undefined || b === undefined
    ? (a ?? b)
    : { first: Math.min(a.first, b.first), last: Math.max(a.last, b.last) };

/** Which lanes each frame touches; one without messages spans all. Bottom up, once. */
const measure = (
  rows: readonly SequenceRow[],
  positions: ReadonlyMap<string, number>,
  extents: Map<FrameRow, Extent>,
  all: Extent,
): Measured => {
  let extent: Extent | undefined;
  let depth = 0;
  for (const row of rows) {
    if (row.kind === "message") extent = union(extent, messageExtent(row, positions));
    if (row.kind === "deed") extent = union(extent, deedExtent(row, positions));
    if (row.kind !== "frame") continue;
    let inside: Extent | undefined;
    for (const section of row.sections) {
      const measured = measure(section.rows, positions, extents, all);
      inside = union(inside, measured.extent);
      depth = Math.max(depth, measured.depth + 1);
    }
    extents.set(row, inside ?? all);
    extent = union(extent, inside ?? all);
  }
  return { extent, depth };
};

const messageExtent = (row: MessageRow, positions: ReadonlyMap<string, number>): Extent | undefined => {
  let extent: Extent | undefined;
  for (const leg of row.legs) {
    for (const lane of [leg.from, leg.to]) {
      const position = positions.get(lane);
      if (position !== undefined) extent = union(extent, { first: position, last: position });
    }
  }
  return extent;
};

const deedExtent = (row: DeedRow, positions: ReadonlyMap<string, number>): Extent | undefined => {
  let extent: Extent | undefined;
  for (const lane of [row.lane, row.target ?? row.lane]) {
    const position = positions.get(lane);
    if (position !== undefined) extent = union(extent, { first: position, last: position });
  }
  return extent;
};

const place = (pen: Pen, rows: readonly SequenceRow[], box: Box): void => {
  for (const row of rows) {
    switch (row.kind) {
      case "message":
        band(pen, box, "message", row.id, pen.metrics.rowHeight, row.label, {
          row,
          arrows: arrowsOf(pen, row),
        });
        break;
      case "frame":
        placeFrame(pen, row, box.depth + 1);
        break;
      case "deed":
        band(pen, box, "deed", row.id, DEED, row.text, { row, mark: markOf(pen, row) });
        break;
      case "now":
        band(pen, box, "now", row.id, MARK, "now", { row });
        break;
      case "continue":
      case "leave":
      case "note":
        band(pen, box, row.kind, row.id, MARK, row.text, { row });
        break;
    }
  }
};

const band = (
  pen: Pen,
  box: Box,
  kind: RowKind,
  id: string,
  height: number,
  text: string,
  more: {
    readonly row?: SequenceRow;
    readonly detail?: string;
    readonly arrows?: readonly Arrow[];
    readonly mark?: DeedMark | undefined;
  } = {},
): void => {
  pen.rows.push({
    id,
    kind,
    y: pen.y,
    height,
    ...box,
    text,
    detail: more.detail ?? "",
    arrows: more.arrows ?? [],
    ...(more.row === undefined ? {} : { row: more.row }),
    ...(more.mark === undefined ? {} : { mark: more.mark }),
  });
  pen.y += height;
};

const arrowsOf = (pen: Pen, row: MessageRow): readonly Arrow[] => {
  const y = pen.y + pen.metrics.rowHeight - ARROW_LIFT;
  const arrows: Arrow[] = [];
  for (const leg of row.legs) {
    const from = pen.metrics.lanes[pen.positions.get(leg.from) ?? -1];
    const to = pen.metrics.lanes[pen.positions.get(leg.to) ?? -1];
    if (from === undefined || to === undefined) continue;
    const loop = from === to ? Math.min(LOOP, Math.trunc(pen.metrics.laneWidth / 4)) : 0;
    arrows.push({ edge: leg.edge, row: row.id, x1: from.x, x2: to.x, y, from: leg.from, to: leg.to, loop });
  }
  return arrows;
};

/** A box centred on its lane, as wide as the column. */
const markOf = (pen: Pen, row: DeedRow): DeedMark | undefined => {
  const lane = pen.metrics.lanes[pen.positions.get(row.lane) ?? -1];
  const target = pen.metrics.lanes[pen.positions.get(row.target ?? "") ?? -1];
  if (lane === undefined) return undefined;
  const x = lane.left + 6;
  return {
    x,
    y: pen.y + 4,
    width: lane.right - lane.left - 12,
    height: DEED - 8,
    lane: lane.x,
    ...(target === undefined || target === lane ? {} : { target: target.x }),
  };
};

const frameBox = (pen: Pen, row: FrameRow, depth: number): Box => {
  const extent = pen.extents.get(row) ?? { first: 0, last: 0 };
  const inset = depth * pen.inset;
  const left = (pen.metrics.lanes[extent.first]?.left ?? 0) + inset;
  const right = (pen.metrics.lanes[extent.last]?.right ?? 0) - inset;
  return { x: left, width: Math.max(0, right - left), depth, frame: row.id };
};

const placeFrame = (pen: Pen, row: FrameRow, depth: number): void => {
  const box = frameBox(pen, row, depth);
  const y = pen.y;
  const collapsed = pen.metrics.collapsed.has(row.id);
  const position = pen.frames.length;
  const dividers: number[] = [];
  const finish = (): FrameBox => {
    return { id: row.id, row, x: box.x, width: box.width, y, height: pen.y - y, depth, collapsed, dividers };
  };
  if (collapsed) {
    band(pen, box, "collapsed", row.id, pen.metrics.rowHeight, row.title, { row, detail: row.summary });
    pen.frames.push(finish());
    return;
  }
  band(pen, box, "frame", row.id, FRAME_HEAD, row.title, { row });
  pen.frames.push(finish());
  for (const [index, section] of row.sections.entries()) {
    if (index > 0) dividers.push(pen.y);
    placeSection(pen, row, section, index, box);
  }
  band(pen, box, "foot", `${row.id}/foot`, FOOT, "");
  pen.frames[position] = finish();
};

const placeSection = (pen: Pen, row: FrameRow, section: Section, index: number, box: Box): void => {
  const headed =
    row.frame === "choice" ||
    row.frame === "case" ||
    (row.frame === "timeout" && index > 0) ||
    (row.frame === "par" && row.sections.length > 1);
  if (headed) {
    const text = row.frame === "par" ? `part ${index + 1}` : section.label;
    band(pen, box, "section", `${section.id}/head`, SECTION_HEAD, text, { detail: section.guard ?? "" });
  }
  if (section.rows.length === 0) band(pen, box, "empty", `${section.id}/empty`, MARK, "nothing");
  place(pen, section.rows, box);
};
