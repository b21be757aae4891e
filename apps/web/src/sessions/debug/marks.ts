import type { Stop } from "@parley/wire/http";
import { statementOf } from "../../selection/selection.ts";

/** Something a run stops at, as a person has set it. */
export interface Breakpoint {
  /** What it is at: one place has one breakpoint. */
  readonly id: string;
  readonly stop: Stop;
  readonly enabled: boolean;
  /** How often it has stopped a run of this page. */
  readonly hits: number;
}

/** What a person watches in the sessions of one protocol. */
export interface Marks {
  readonly breakpoints: readonly Breakpoint[];
  readonly watches: readonly string[];
}

export const noMarks: Marks = { breakpoints: [], watches: [] };

/** Breakpoints and expressions of one protocol; more would not fit a request. */
const MOST = 50;

export const idOf = (stop: Stop): string => {
  switch (stop.kind) {
    case "message":
      return `message ${stop.edgeId ?? ""} ${stop.label ?? ""}`;
    case "state":
      return `state ${stop.role} ${stop.edgeId}`;
    case "predicate":
      return `predicate ${stop.text}`;
    default:
      return `${stop.kind} ${stop.role}`;
  }
};

/** A breakpoint in words; the message's name where the page knows it. */
export const stopWords = (stop: Stop, labelOf: (edge: string) => string | undefined): string => {
  switch (stop.kind) {
    case "message":
      return stop.edgeId === undefined
        ? `message ${stop.label ?? ""}`
        : `${labelOf(stop.edgeId) ?? "message"} (${stop.edgeId})`;
    case "role":
      return `${stop.role} does something`;
    case "blocked":
      return `${stop.role} waits`;
    case "state":
      return `${stop.role} comes to ${labelOf(stop.edgeId) ?? stop.edgeId}`;
    case "predicate":
      return stop.text;
  }
};

const withBreakpoints = (marks: Marks, breakpoints: readonly Breakpoint[]): Marks => ({
  ...marks,
  breakpoints,
});

/** Sets a breakpoint, or removes the one that is there. */
export const toggleStop = (marks: Marks, stop: Stop): Marks => {
  const id = idOf(stop);
  const rest = marks.breakpoints.filter((one) => one.id !== id);
  if (rest.length < marks.breakpoints.length) return withBreakpoints(marks, rest);
  if (rest.length >= MOST) return marks;
  return withBreakpoints(marks, [...rest, { id, stop, enabled: true, hits: 0 }]);
};

/** The breakpoint of a message's statement: all legs of a broadcast together. */
export const messageStop = (edge: string): Stop => ({ kind: "message", edgeId: statementOf(edge) });

/** Breakpoints of statements that are called something else now; two that meet become one. */
export const moveStops = (marks: Marks, moves: ReadonlyMap<string, string>): Marks => {
  const moved = marks.breakpoints.map((one): Breakpoint => {
    const to =
      one.stop.kind === "message" && one.stop.edgeId !== undefined ? moves.get(one.stop.edgeId) : undefined;
    if (to === undefined) return one;
    const stop = messageStop(to);
    return { ...one, id: idOf(stop), stop };
  });
  return withBreakpoints(
    marks,
    moved.filter(({ id }, at) => moved.findIndex((one) => one.id === id) === at),
  );
};

export const setEnabled = (marks: Marks, id: string, enabled: boolean): Marks =>
  withBreakpoints(
    marks,
    marks.breakpoints.map((one) => (one.id === id ? { ...one, enabled } : one)),
  );

export const removeBreakpoint = (marks: Marks, id: string): Marks =>
  withBreakpoints(
    marks,
    marks.breakpoints.filter((one) => one.id !== id),
  );

/** Counts that a breakpoint has stopped a run. */
export const noteHit = (marks: Marks, id: string): Marks =>
  withBreakpoints(
    marks,
    marks.breakpoints.map((one) => (one.id === id ? { ...one, hits: one.hits + 1 } : one)),
  );

export const addWatch = (marks: Marks, expr: string): Marks => {
  const text = expr.trim();
  return text === "" || marks.watches.includes(text) || marks.watches.length >= MOST
    ? marks
    : { ...marks, watches: [...marks.watches, text] };
};

export const removeWatch = (marks: Marks, expr: string): Marks => ({
  ...marks,
  watches: marks.watches.filter((one) => one !== expr),
});

/** The breakpoints a run is given, in the order it answers by. */
export const enabledOf = ({ breakpoints }: Marks): readonly Breakpoint[] =>
  breakpoints.filter(({ enabled }) => enabled);

/** Statements with a breakpoint on their message: `true` where it is enabled. */
export const marksByStatement = ({ breakpoints }: Marks): ReadonlyMap<string, boolean> =>
  new Map(
    breakpoints.flatMap(({ stop, enabled }) =>
      stop.kind === "message" && stop.edgeId !== undefined ? [[stop.edgeId, enabled] as const] : [],
    ),
  );

const isBreakpoint = (value: unknown): value is Breakpoint => {
  if (typeof value !== "object" || value === null) return false;
  const { id, stop, enabled, hits } = value as Partial<Breakpoint>;
  if (typeof enabled !== "boolean" || typeof hits !== "number" || typeof stop !== "object") return false;
  return stop !== null && id === idOf(stop);
};

/** Marks as they were kept; what cannot be read is let go. */
export const readMarks = (text: string | null): Marks => {
  try {
    const { breakpoints, watches } = JSON.parse(text ?? "null") as Partial<Marks>;
    return {
      breakpoints: (Array.isArray(breakpoints) ? breakpoints : []).filter(isBreakpoint).slice(0, MOST),
      watches: (Array.isArray(watches) ? watches : [])
        .filter((one): one is string => typeof one === "string")
        .slice(0, MOST),
    };
  } catch {
    return noMarks;
  }
};
