import { escapeMermaid } from "./escape.ts";
import type { DeedRow, FrameRow, MessageRow, Section, SequenceModel, SequenceRow } from "./sequence-model.ts";

/**
 * The sequence as Mermaid `sequenceDiagram` text. Participants go by `p0`,
 * `p1`, …, so that no role name can be read as syntax. Mermaid has no frame
 * for `rec` or `call`: those become a shaded rectangle with a note.
 */
export const toMermaid = (model: SequenceModel): string => {
  const alias = new Map(model.lanes.map((lane, position) => [lane.id, `p${position}`]));
  const pen: Pen = { alias, last: Math.max(0, model.lanes.length - 1), lines: ["sequenceDiagram"] };
  for (const lane of model.lanes) {
    const size = lane.size === undefined ? "" : `[${lane.size}]`;
    line(pen, 1, `participant ${alias.get(lane.id) ?? ""} as ${escapeMermaid(lane.id + size)}`);
  }
  writeRows(pen, model.rows, 1);
  return `${pen.lines.join("\n")}\n`;
};

interface Pen {
  readonly alias: ReadonlyMap<string, string>;
  readonly last: number;
  readonly lines: string[];
}

const line = (pen: Pen, depth: number, text: string): void => {
  pen.lines.push("  ".repeat(depth) + text.trimEnd());
};

const note = (pen: Pen, depth: number, text: string): void => {
  const over = pen.last === 0 ? "p0" : `p0,p${pen.last}`;
  line(pen, depth, `Note over ${over}: ${escapeMermaid(text)}`);
};

const writeRows = (pen: Pen, rows: readonly SequenceRow[], depth: number): void => {
  for (const row of rows) {
    switch (row.kind) {
      case "message":
        writeMessage(pen, row, depth);
        break;
      case "frame":
        writeFrame(pen, row, depth);
        break;
      case "deed":
        line(pen, depth, `Note over ${deedOver(pen, row)}: ${escapeMermaid(row.text)}`);
        break;
      case "now":
        note(pen, depth, "now");
        break;
      case "continue":
      case "leave":
      case "note":
        note(pen, depth, row.text);
        break;
    }
  }
};

const deedOver = (pen: Pen, row: DeedRow): string => {
  const lane = pen.alias.get(row.lane) ?? "p0";
  const target = row.target === undefined ? undefined : pen.alias.get(row.target);
  return target === undefined || target === lane ? lane : `${lane},${target}`;
};

const writeMessage = (pen: Pen, row: MessageRow, depth: number): void => {
  const text = escapeMermaid(row.payload === "" ? row.label : `${row.label} ${row.payload}`);
  for (const leg of row.legs) {
    const notes = `${leg.fromNote ?? ""}${leg.toNote === undefined ? "" : ` to ${leg.toNote}`}`.trim();
    const suffix = notes === "" ? "" : ` (${escapeMermaid(notes)})`;
    line(
      pen,
      depth,
      `${pen.alias.get(leg.from) ?? "p0"}${arrow(row)}${pen.alias.get(leg.to) ?? "p0"}: ${text}${suffix}`,
    );
  }
};

/** Solid when it happened or is part of the program, open while on its way, dotted when only possible. */
const arrow = (row: MessageRow): string => {
  switch (row.live?.state) {
    case "next":
    case "awaited":
      return "-->>";
    case "sent":
      return "-)";
    case "discarded":
      return "-x";
    case "received":
    case undefined:
      return row.control ? "-->>" : "->>";
  }
};

const writeFrame = (pen: Pen, frame: FrameRow, depth: number): void => {
  switch (frame.frame) {
    case "choice":
      writeSections(pen, frame, depth, "alt", "else", (section, index) => {
        const guard = section.guard === undefined ? "" : ` (${section.guard})`;
        const prefix = index === 0 ? `${frame.title.replace("choice · ", "")} · ` : "";
        return `${prefix}${section.label}${guard}`;
      });
      break;
    case "case":
      writeSections(pen, frame, depth, "alt", "else", (section, index) =>
        index === 0 ? `${frame.title.replace("case · ", "")} · ${section.label}` : section.label,
      );
      break;
    case "timeout":
      writeSections(pen, frame, depth, "critical", "option", (section, index) =>
        index === 0 ? frame.title : section.label,
      );
      break;
    case "par":
      writeSections(pen, frame, depth, "par", "and", (_, index) => `part ${index + 1}`);
      break;
    case "loop":
      writeSections(pen, frame, depth, "loop", "loop", () => frame.title.replace("loop · ", ""));
      break;
    case "rec":
    case "call":
      line(pen, depth, "rect rgba(128, 128, 128, 0.08)");
      note(pen, depth + 1, frame.title);
      for (const section of frame.sections) writeRows(pen, section.rows, depth + 1);
      line(pen, depth, "end");
      break;
  }
};

const writeSections = (
  pen: Pen,
  frame: FrameRow,
  depth: number,
  open: string,
  next: string,
  title: (section: Section, index: number) => string,
): void => {
  if (frame.sections.length === 0) return;
  for (const [index, section] of frame.sections.entries()) {
    line(pen, depth, `${index === 0 ? open : next} ${escapeMermaid(title(section, index))}`);
    writeRows(pen, section.rows, depth + 1);
  }
  line(pen, depth, "end");
};
