/**
 * What a sequence diagram shows, before any geometry: lanes and a tree of rows.
 * The static picture (`staticSequence`) and the one of a running session
 * (`liveSequence`) are both of this shape, so one layout, one renderer, one
 * text twin and one set of exporters serve both.
 */
import type { Span } from "../text/span.ts";

/** One vertical line: a role, a folded family, or one member of an unfolded family. */
export interface Lane {
  /** `Buyer`, `Workers`, `Workers[0]`: unique in a model. */
  readonly id: string;
  readonly kind: "role" | "family" | "member";
  /** Base name of the declaration. */
  readonly role: string;
  /** Of a folded family: `3`, `N`, or `*` as declared. */
  readonly size?: string;
  /** Of a member. */
  readonly index?: number;
  /** Position of the declaration; hue = `ordinal % 6`. Members share their family's. */
  readonly ordinal: number;
}

/** One arrow of a message row. A broadcast row has one a target. */
export interface Leg {
  /** The row's own id, or `<id>#k` where the leg has a number of its own. */
  readonly edge: string;
  readonly from: string;
  readonly to: string;
  /** Which members are meant where the lane does not say: `[0]`, `[*]`, `[0..3]`. */
  readonly fromNote?: string;
  readonly toNote?: string;
}

/** Past, pending, possible: how a row of a live picture is drawn. */
export interface LiveMark {
  /**
   * `sent`: on its way; `discarded`: thrown away on its way; `next`: may be
   * sent now; `awaited`: its receiver waits, its sender cannot send yet.
   */
  readonly state: "sent" | "received" | "discarded" | "next" | "awaited";
  readonly occurrence: number;
  /** Position of the send and of the receipt in the session's log. */
  readonly sentAt?: number;
  readonly receivedAt?: number;
  /** Of a fold of several legs: how many there are, how many have arrived. */
  readonly legs: number;
  readonly received: number;
}

export interface MessageRow {
  readonly kind: "message";
  /** Edge id (`kernel/edge-path.ts`); in a live picture `<edge>@<occurrence>`. */
  readonly id: string;
  /** Edge id of the statement or leg, in every picture. */
  readonly edge: string;
  readonly label: string;
  /** Declared type or payload as written, empty when there is none. */
  readonly payload: string;
  readonly legs: readonly Leg[];
  readonly broadcast: boolean;
  /** Frame of a hidden decision: drawn dotted. */
  readonly control: boolean;
  /** Required capability, cost as written, journal facts. */
  readonly guard?: string;
  readonly cost?: string;
  readonly facts: readonly string[];
  readonly annotations: readonly { readonly key: string; readonly value: string }[];
  /** The arm this message announces, when it is the decider's first of one. */
  readonly decides?: { readonly frame: string; readonly arm: string };
  readonly live?: LiveMark;
  readonly span?: Span;
}

export type FrameKind = "choice" | "case" | "timeout" | "loop" | "par" | "rec" | "call";

/** An arm of a choice, case or par, a part of a timeout, or the one body of the other frames. */
export interface Section {
  readonly id: string;
  /** Arm label of a choice, pattern of a case, `on timeout` and `on cancel`; empty otherwise. */
  readonly label: string;
  /** What must hold for the arm to be offered, in the author's words. */
  readonly guard?: string;
  readonly rows: readonly SequenceRow[];
  readonly span?: Span;
}

export interface FrameRow {
  readonly kind: "frame";
  /** Path of the statement. */
  readonly id: string;
  readonly frame: FrameKind;
  /** `choice · Buyer decides`, `loop · while "more"`, `rec · Lap`. */
  readonly title: string;
  /** What a collapsed frame says: `Card, Cash · 4 messages`. */
  readonly summary: string;
  readonly sections: readonly Section[];
  readonly span?: Span;
}

/**
 * Something one role does by itself: a box on its lane. `target` is the lane an
 * operation or an asset is handed to.
 */
export interface DeedRow {
  readonly kind: "deed";
  /** Path of the statement; in a live picture `<path>@<position>`. */
  readonly id: string;
  readonly lane: string;
  /** Which member of a folded family, where one is meant. */
  readonly note?: string;
  readonly deed: DeedKind;
  /** `begin Print(copy)`, `reserve(item) → held`. */
  readonly text: string;
  readonly target?: string;
  /** Of a live picture: where in the log it happened. */
  readonly at?: number;
  readonly span?: Span;
}

/** What a role may do by itself, or suffer from outside, as pictures tell it apart. */
export type DeedKind =
  | "ask"
  | "operation"
  | "publication"
  | "transfer"
  | "timer"
  | "decision"
  | "fault"
  | "mended";

/** `continue Lap`, drawn as a way back. `target` is the frame returned to, missing when unbound. */
export interface ContinueRow {
  readonly kind: "continue";
  readonly id: string;
  readonly label: string;
  readonly text: string;
  readonly target?: string;
  readonly span?: Span;
}

/** A mark in words: an arm that leaves its `rec`, a call that cannot be drawn, a picture cut short. */
export interface MarkRow {
  readonly kind: "leave" | "note";
  readonly id: string;
  readonly text: string;
  readonly span?: Span;
}

/** The present, in a live picture: above it what happened, below what may. */
export interface NowRow {
  readonly kind: "now";
  readonly id: string;
}

export type SequenceRow = MessageRow | FrameRow | DeedRow | ContinueRow | MarkRow | NowRow;

export interface SequenceModel {
  /** Name of the protocol. */
  readonly name: string;
  readonly lanes: readonly Lane[];
  readonly rows: readonly SequenceRow[];
  /** True when rows were left out because of `maxMessages`. */
  readonly truncated: boolean;
}

/** Visits every row in reading order, frames before their contents. `depth` counts enclosing frames. */
export const walkRows = (
  rows: readonly SequenceRow[],
  visit: (row: SequenceRow, depth: number) => void,
  depth = 0,
): void => {
  for (const row of rows) {
    visit(row, depth);
    if (row.kind === "frame") for (const section of row.sections) walkRows(section.rows, visit, depth + 1);
  }
};

/** Every message row in reading order. */
export const messageRows = (model: SequenceModel): readonly MessageRow[] => {
  const found: MessageRow[] = [];
  walkRows(model.rows, (row) => {
    if (row.kind === "message") found.push(row);
  });
  return found;
};
