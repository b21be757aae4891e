import { escapeXml } from "./escape.ts";
import type { Arrow, FrameBox, LaneBox, RowBox, SequenceLayout } from "./sequence-layout.ts";
import type { MessageRow } from "./sequence-model.ts";
import { roleColour, type SvgTheme, svgStyle } from "./svg-theme.ts";

export interface SvgOptions {
  /** Default `auto`: follows the reader's colour scheme. */
  readonly theme?: SvgTheme;
  /** Accessible name. Default `Sequence diagram`. */
  readonly title?: string;
}

/** A sequence layout as one standalone SVG document, all rows included. */
export const toSvg = (layout: SequenceLayout, options: SvgOptions = {}): string => {
  const title = escapeXml(options.title ?? "Sequence diagram");
  const hues = new Map(layout.lanes.map(({ lane }) => [lane.id, roleColour(lane.ordinal)]));
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${layout.width}" height="${layout.height}" viewBox="0 0 ${layout.width} ${layout.height}" role="img" aria-label="${title}">`,
    `<title>${title}</title><style>${svgStyle(options.theme ?? "auto")}</style>`,
    `<rect width="${layout.width}" height="${layout.height}" fill="var(--surface)"/>`,
    ...layout.lanes.map((box) => laneSvg(box, layout)),
    ...layout.frames.map(frameSvg),
    ...layout.rows.map((row) => rowSvg(row, layout, hues)),
    "</svg>",
  ];
  return `${parts.filter((part) => part !== "").join("\n")}\n`;
};

/** As much of the text as fits, by an average width of 7 px a character at 12.5 px. */
const fit = (text: string, width: number): string => {
  const chars = [...text];
  const most = Math.max(3, Math.trunc(width / 7));
  return escapeXml(chars.length <= most ? text : `${chars.slice(0, most - 1).join("")}…`);
};

const laneSvg = ({ lane, x, left, right }: LaneBox, layout: SequenceLayout): string => {
  const hue = roleColour(lane.ordinal);
  const name = lane.size === undefined ? lane.id : `${lane.role}[${lane.size}]`;
  const width = right - left - 16;
  const head = (shift: number): string =>
    `<rect x="${left + 8 + shift}" y="${14 - shift}" width="${width}" height="26" rx="8" fill="var(--surface)" stroke="${hue}"/>`;
  return [
    `<line x1="${x}" x2="${x}" y1="40" y2="${layout.height - 8}" stroke="${hue}" stroke-opacity=".28"/>`,
    lane.kind === "family" ? head(3) : "",
    head(0),
    `<text class="b" x="${x}" y="31" text-anchor="middle" style="fill:${hue}">${fit(name, width)}</text>`,
  ].join("");
};

const frameSvg = (frame: FrameBox): string => {
  const box = `<rect x="${frame.x}" y="${frame.y}" width="${frame.width}" height="${frame.height}" rx="8" fill="none" stroke="var(--hair-2)" stroke-dasharray="3 3"/>`;
  const lines = frame.dividers.map(
    (y) =>
      `<line x1="${frame.x}" x2="${frame.x + frame.width}" y1="${y}" y2="${y}" stroke="var(--hair)" stroke-dasharray="3 3"/>`,
  );
  return box + lines.join("");
};

const rowSvg = (row: RowBox, layout: SequenceLayout, hues: ReadonlyMap<string, string>): string => {
  const text = (weight: string, dx: number): string => {
    const words = row.detail === "" ? row.text : `${row.text}  ${row.detail}`;
    return `<text class="s ${weight}" x="${row.x + dx}" y="${row.y + 17}">${fit(words, row.width - dx)}</text>`;
  };
  switch (row.kind) {
    case "message":
      return row.row?.kind === "message" ? messageSvg(row, row.row, layout, hues) : "";
    case "deed":
      return deedSvg(row, hues);
    case "frame":
    case "collapsed":
    case "section":
      return text("b", 10);
    case "continue":
      return `${text("", 24)}<text class="s" x="${row.x + 10}" y="${row.y + 17}">↺</text>`;
    case "empty":
    case "leave":
    case "note":
      return text("", 24);
    case "now":
      return nowSvg(row, layout);
    case "foot":
      return "";
  }
};

const deedSvg = (box: RowBox, hues: ReadonlyMap<string, string>): string => {
  const { mark, row } = box;
  if (mark === undefined || row?.kind !== "deed") return "";
  const hue = hues.get(row.lane) ?? "var(--ink)";
  const y = mark.y + Math.trunc(mark.height / 2);
  const parts = [
    `<rect x="${mark.x}" y="${mark.y}" width="${mark.width}" height="${mark.height}" rx="6" fill="var(--surface)" stroke="${hue}"/>`,
    `<text class="s" x="${mark.lane}" y="${y + 4}" text-anchor="middle">${fit(row.text, mark.width - 10)}</text>`,
  ];
  if (mark.target !== undefined) {
    const from = mark.target > mark.lane ? mark.x + mark.width : mark.x;
    parts.push(
      `<line x1="${from}" y1="${y}" x2="${mark.target}" y2="${y}" stroke="${hue}" stroke-dasharray="1 3"/>`,
    );
  }
  return `<g data-edge="${escapeXml(row.id)}">${parts.join("")}</g>`;
};

const nowSvg = (row: RowBox, layout: SequenceLayout): string => {
  const y = row.y + Math.trunc(row.height / 2);
  return [
    `<line x1="16" x2="${layout.width - 16}" y1="${y}" y2="${y}" stroke="var(--accent)"/>`,
    `<rect x="16" y="${y - 9}" width="38" height="18" rx="9" fill="var(--accent)"/>`,
    `<text class="s" x="35" y="${y + 4}" text-anchor="middle" style="fill:var(--accent-ink)">now</text>`,
  ].join("");
};

const messageSvg = (
  box: RowBox,
  row: MessageRow,
  layout: SequenceLayout,
  hues: ReadonlyMap<string, string>,
): string => {
  const future = row.live?.state === "next" || row.live?.state === "awaited";
  const dash = future
    ? "2 4"
    : row.control
      ? "1 3"
      : row.live?.state === "sent" || row.live?.state === "discarded"
        ? "7 3"
        : "";
  const arrows = box.arrows.map((arrow) =>
    arrowSvg(arrow, future ? "var(--ghost)" : (hues.get(arrow.from) ?? "var(--ink)"), dash),
  );
  const [first] = box.arrows;
  if (first === undefined) return "";
  const ends = box.arrows.flatMap((arrow) => [arrow.x1, arrow.x2 + arrow.loop]);
  const left = Math.min(...ends);
  const right = Math.max(...ends);
  const note = box.arrows.length > 1 ? "" : notes(row);
  const words = [row.label, row.payload, note].filter((part) => part !== "").join(" ");
  const middle = first.loop > 0 ? first.x1 : Math.trunc((left + right) / 2);
  const room =
    Math.max(right - left, layout.lanes[0] === undefined ? 0 : layout.lanes[0].right - layout.lanes[0].left) -
    12;
  const label = `<text x="${middle}" y="${first.y - 6}" text-anchor="middle"${future ? ' style="fill:var(--ink-3)"' : ""}>${fit(words, room)}</text>`;
  const side = gutterText(row);
  const gutter =
    side === ""
      ? ""
      : `<text class="s m" x="${layout.width - 8}" y="${first.y + 4}" text-anchor="end">${fit(side, layout.width - layout.gutterX)}</text>`;
  const cross =
    row.live?.state === "discarded"
      ? `<path d="M${middle - 5} ${first.y - 5}l10 10m0 -10l-10 10" stroke="var(--ink-3)" stroke-width="1.6"/>`
      : "";
  return `<g data-edge="${escapeXml(row.edge)}">${arrows.join("")}${cross}${label}${gutter}</g>`;
};

const notes = (row: MessageRow): string => {
  const [leg] = row.legs;
  return [leg?.fromNote ?? "", leg?.toNote === undefined ? "" : `→ ${leg.toNote}`]
    .filter((part) => part !== "")
    .join(" ");
};

/** Numbers beside the thing: position in the log, cost, facts. */
const gutterText = (row: MessageRow): string =>
  [
    row.live?.sentAt === undefined ? "" : `#${row.live.sentAt}`,
    row.cost === undefined ? "" : `−${row.cost}`,
    row.facts.length === 0 ? "" : row.facts.length === 1 ? "fact" : `${row.facts.length} facts`,
  ]
    .filter((part) => part !== "")
    .join(" · ");

const arrowSvg = (arrow: Arrow, colour: string, dash: string): string => {
  const { x1, x2, y, loop } = arrow;
  const stroke = `fill="none" stroke="${colour}" stroke-width="1.6"${dash === "" ? "" : ` stroke-dasharray="${dash}"`}`;
  if (loop > 0) {
    const back = `<path d="M${x1} ${y - 6}h${loop - 6}q6 0 6 6t-6 6h${14 - loop}" ${stroke}/>`;
    return `${back}<path d="M${x1} ${y + 6}l8 -4.5v9z" fill="${colour}"/>`;
  }
  const direction = x2 > x1 ? 1 : -1;
  const line = `<line x1="${x1}" y1="${y}" x2="${x2 - 7 * direction}" y2="${y}" ${stroke}/>`;
  return `${line}<path d="M${x2} ${y}l${-8 * direction} -4.5v9z" fill="${colour}"/>`;
};
