import type {
  DeedRow,
  FrameRow,
  Lane,
  MessageRow,
  Section,
  SequenceModel,
  SequenceRow,
} from "./sequence-model.ts";

/** One line of the text twin. */
export interface TwinItem {
  /** Id of the row or section it stands for: the same commands act on it. */
  readonly id: string;
  readonly kind: SequenceRow["kind"] | "section" | "frameEnd";
  /** Number of enclosing frames. */
  readonly depth: number;
  /** Place among the messages, from 1; missing on other lines. */
  readonly number?: number;
  readonly text: string;
}

/**
 * The sequence as an ordered list in words: what a screen reader gets, and
 * what "copy as text" copies.
 */
export const textTwin = (model: SequenceModel): readonly TwinItem[] => {
  const pen: Pen = {
    names: new Map(model.lanes.map((lane) => [lane.id, laneName(lane)])),
    items: [],
    messages: 0,
  };
  rowsInWords(pen, model.rows, 0);
  return pen.items;
};

interface Pen {
  readonly names: ReadonlyMap<string, string>;
  readonly items: TwinItem[];
  messages: number;
}

const laneName = (lane: Lane): string =>
  lane.kind === "family" ? `${lane.role}[${lane.size ?? "*"}]` : lane.id;

const rowsInWords = (pen: Pen, rows: readonly SequenceRow[], depth: number): void => {
  for (const row of rows) {
    const { id, kind } = row;
    switch (row.kind) {
      case "message":
        pen.messages += 1;
        pen.items.push({ id, kind, depth, number: pen.messages, text: messageInWords(row, pen.names) });
        break;
      case "frame":
        pen.items.push({ id, kind, depth, text: frameInWords(row) });
        for (const [index, section] of row.sections.entries())
          sectionInWords(pen, row, section, index, depth);
        pen.items.push({ id, kind: "frameEnd", depth, text: `End of ${row.frame}.` });
        break;
      case "deed":
        pen.items.push({ id, kind, depth, text: deedInWords(row, pen.names) });
        break;
      case "now":
        pen.items.push({ id, kind, depth, text: "Now." });
        break;
      case "continue":
      case "leave":
      case "note":
        pen.items.push({ id, kind, depth, text: `${capital(row.text)}.` });
        break;
    }
  }
};

const sectionInWords = (pen: Pen, frame: FrameRow, section: Section, index: number, depth: number): void => {
  const head = sectionHead(frame, section, index);
  const inner = head === undefined ? depth + 1 : depth + 2;
  if (head !== undefined) pen.items.push({ id: section.id, kind: "section", depth: depth + 1, text: head });
  if (section.rows.length === 0)
    pen.items.push({ id: section.id, kind: "section", depth: inner, text: "Nothing happens." });
  rowsInWords(pen, section.rows, inner);
};

const sectionHead = (frame: FrameRow, section: Section, index: number): string | undefined => {
  if (frame.frame === "par") return `Part ${index + 1} of ${frame.sections.length}:`;
  if (frame.frame === "timeout") return index === 0 ? undefined : `${capital(section.label)}:`;
  if (frame.frame !== "choice" && frame.frame !== "case") return undefined;
  return section.guard === undefined ? `If ${section.label}:` : `If ${section.label}, ${section.guard}:`;
};

const frameInWords = (frame: FrameRow): string => {
  const words = capital(frame.title.replace(" · ", ": "));
  return frame.frame === "choice" || frame.frame === "case"
    ? `${words} between ${frame.sections.length}.`
    : `${words}.`;
};

const deedInWords = (row: DeedRow, names: ReadonlyMap<string, string>): string => {
  const at = row.at === undefined ? "" : ` At #${row.at}.`;
  return `${endName(row.lane, row.note, names)}: ${row.text}.${at}`;
};

const messageInWords = (row: MessageRow, names: ReadonlyMap<string, string>): string => {
  const [first] = row.legs;
  const from = first === undefined ? "" : endName(first.from, first.fromNote, names);
  const to = [...new Set(row.legs.map((leg) => endName(leg.to, leg.toNote, names)))];
  const what = row.payload === "" ? row.label : `${row.label} with ${row.payload}`;
  const parts = [`${from} ${verb(row)} ${what} to ${listed(to)}.`, stateInWords(row)];
  if (row.guard !== undefined) parts.push(`Needs ${row.guard}.`);
  if (row.cost !== undefined) parts.push(`Costs ${row.cost}.`);
  if (row.facts.length > 0) parts.push(`Records ${listed(row.facts)}.`);
  return parts.filter((part) => part !== "").join(" ");
};

/** `Guardians[0]` when the note says which member of a folded lane is meant. */
const endName = (lane: string, note: string | undefined, names: ReadonlyMap<string, string>): string =>
  note === undefined ? (names.get(lane) ?? lane) : lane + note;

const verb = (row: MessageRow): string => {
  switch (row.live?.state) {
    case "sent":
    case "received":
    case "discarded":
      return "sent";
    case "next":
      return "may send";
    case "awaited":
      return "is awaited to send";
    case undefined:
      return "sends";
  }
};

const stateInWords = (row: MessageRow): string => {
  const { live } = row;
  if (live === undefined || live.state === "next" || live.state === "awaited") return "";
  const number = live.sentAt === undefined ? "" : `#${live.sentAt}, `;
  if (live.state === "received") {
    const at = live.receivedAt === undefined ? "" : ` at #${live.receivedAt}`;
    return capital(`${number}received${at}.`);
  }
  if (live.state === "discarded") return capital(`${number}discarded on its way.`);
  const some = live.legs > 1 ? `${live.received} of ${live.legs} received` : "not yet received";
  return capital(`${number}${some}.`);
};

const listed = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
