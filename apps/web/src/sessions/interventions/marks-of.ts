import type { EntryJson } from "@parley/wire/http";
import type { DeedEvent } from "../log-event.ts";

/** What was done to a session from outside at a position. */
export interface OutsideMark {
  readonly seq: number;
  readonly kind: "fault" | "mended" | "held" | "ended";
  readonly text: string;
  /** Where it is drawn; absent for what is done to all. */
  readonly role?: string;
  readonly target?: string;
}

type Fields = Readonly<Record<string, unknown>>;

const text = (value: unknown): string => (typeof value === "string" ? value : "");

const frameWords: Readonly<Record<string, string>> = {
  drop: "lost",
  duplicate: "doubled",
  overtake: "overtaken",
  bitFlip: "garbled",
  truncation: "cut short",
  payloadErase: "emptied",
};

const labelOf = ({ events }: EntryJson): string => {
  const told = events.find(({ kind }) => kind === "discarded" || kind === "observed");
  const fields = told?.kind === "observed" ? (told.fields as Fields) : told;
  return text(fields?.label) || "a message";
};

const topologyMark = (entry: EntryJson, event: Fields): OutsideMark => {
  const { seq } = entry;
  const [from, to] = [text(event.from), text(event.to)];
  switch (event.kind) {
    case "crash":
      return { seq, kind: "fault", role: text(event.site), text: "crashed" };
    case "restart":
      return { seq, kind: "mended", role: text(event.site), text: "restarted" };
    case "partition":
      return { seq, kind: "fault", role: from, target: to, text: `cut off from ${to}` };
    case "heal":
      return { seq, kind: "mended", role: from, target: to, text: `way to ${to} mended` };
    case "corrupt":
      return { seq, kind: "fault", role: from, target: to, text: `garbles to ${to}` };
    case "frame":
      return {
        seq,
        kind: "fault",
        role: from,
        target: to,
        text: `${labelOf(entry)} ${frameWords[text(event.fault)] ?? "harmed"}`,
      };
    default:
      return { seq, kind: "fault", text: text(event.kind) };
  }
};

/** What an entry did from outside; nothing for entries of the protocol itself. */
export const outsideMark = (entry: EntryJson): OutsideMark | undefined => {
  const { input, seq } = entry;
  switch (input.kind) {
    case "topology":
      return topologyMark(entry, (input.event ?? {}) as Fields);
    case "inject":
      return {
        seq,
        kind: "fault",
        role: text(input.from),
        target: text(input.to),
        text: `${text(input.label)} injected`,
      };
    case "pause":
      return { seq, kind: "held", role: text(input.role), text: "paused" };
    case "resume":
      return { seq, kind: "mended", role: text(input.role), text: "resumed" };
    case "cancel":
      return input.scope === undefined ? { seq, kind: "ended", text: "cancelled" } : undefined;
    case "close":
      return { seq, kind: "ended", text: "closed" };
    default:
      return undefined;
  }
};

/** A mark in one line: `Bea crashed`. */
export const markWords = ({ role, text: what }: OutsideMark): string =>
  role === undefined ? `Session ${what}` : `${role} ${what}`;

/** The marks of a stretch of log as the diagram draws them, on the lane they concern. */
export const outsideDeeds = (entries: readonly EntryJson[]): readonly DeedEvent[] =>
  entries.flatMap((entry): readonly DeedEvent[] => {
    const mark = outsideMark(entry);
    if (mark?.role === undefined || mark.role === "") return [];
    return [
      {
        edge: `outside ${entry.seq}`,
        position: entry.seq,
        role: mark.role,
        deed: mark.kind === "fault" ? "fault" : "mended",
        text: mark.text,
        ...(mark.target === undefined ? {} : { target: mark.target }),
      },
    ];
  });
