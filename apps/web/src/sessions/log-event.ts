import { type Deed, showDeed } from "@parley/core";
import type { DeedKind } from "@parley/core/diagram";
import type { EntryJson, ValueJson } from "@parley/wire/http";
import { valueText } from "./value-text.ts";

/** What the log says of one message, read from an entry's events. */
export interface MessageEvent {
  readonly state: "sent" | "received" | "discarded";
  readonly position: number;
  readonly from: string;
  readonly to: string;
  /** Number of the frame on its edge, equal for the send and the receipt. */
  readonly frame: number;
  readonly label: string;
  readonly edge: string;
  readonly payload: ValueJson | undefined;
  readonly control: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields =>
  typeof value === "object" && value !== null ? (value as Fields) : {};

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** The sends, receipts and losses of an entry, in order. */
export const messagesOf = (entry: EntryJson): readonly MessageEvent[] =>
  entry.events.flatMap((event): readonly MessageEvent[] => {
    const state = event.kind;
    if (state !== "sent" && state !== "received" && state !== "discarded") return [];
    const edge = fieldsOf(event.edge);
    return [
      {
        state,
        position: entry.seq,
        from: text(edge.from),
        to: text(edge.to),
        frame: Number(event.seq ?? 0),
        label: text(event.label),
        edge: text(event.edgeId),
        payload: event.payload as ValueJson | undefined,
        control: event.control !== undefined && event.control !== null,
      },
    ];
  });

/** Something a role did by itself, a decision nobody is told of, or a timer. */
export interface DeedEvent {
  readonly edge: string;
  readonly position: number;
  readonly role: string;
  readonly deed: DeedKind;
  readonly text: string;
  readonly target?: string;
}

const deedKinds: Readonly<Record<string, DeedEvent["deed"]>> = {
  ask: "ask",
  transfer: "transfer",
  handoff: "transfer",
  publish: "publication",
  publishAs: "publication",
  materialize: "publication",
};

/** A span of time as a person says it: `5 s`, `2 min`, `250 ms`. */
export const spanOfTime = (ms: number): string => {
  if (ms < 1000) return `${ms} ms`;
  if (ms < 120_000) return `${Math.round(ms / 100) / 10} s`;
  return ms < 7_200_000 ? `${Math.round(ms / 60_000)} min` : `${Math.round(ms / 3_600_000)} h`;
};

/** A deed as its event tells it; the roles in it are names there. */
const deedFrom = (kind: string, detail: Fields): Deed =>
  ({
    args: [],
    ...detail,
    kind,
    to: { name: detail.to },
    target: { name: detail.target },
  }) as unknown as Deed;

const deedOf = (event: Fields, at: number): Omit<DeedEvent, "position"> | undefined => {
  const role = text(event.role);
  switch (event.kind) {
    case "performed": {
      const detail = fieldsOf(event.detail);
      const target = text(detail.target ?? detail.to);
      const answer = detail.answer === undefined ? "" : `: ${valueText(detail.answer as ValueJson)}`;
      return {
        edge: text(event.edgeId),
        role,
        deed: deedKinds[text(event.deed)] ?? "operation",
        text: showDeed(deedFrom(text(event.deed), detail)) + answer,
        ...(target === "" ? {} : { target }),
      };
    }
    case "decided":
      return { edge: text(event.scope), role, deed: "decision", text: `took ${text(event.outcome)}` };
    case "entered":
      if (typeof event.deadline !== "number") return undefined;
      return {
        edge: text(event.scope),
        role,
        deed: "timer",
        text: `timer set: ${spanOfTime(event.deadline - at)}`,
      };
    case "left":
      if (event.outcome === "told") return undefined;
      return { edge: text(event.scope), role, deed: "timer", text: leftWords[text(event.outcome)] ?? "left" };
    default:
      return undefined;
  }
};

/** How an operation stands to its progress contract. */
const progressWords: Readonly<Record<string, string>> = {
  pending: "is watched",
  noProgress: "has stalled",
  degraded: "is stalled still",
  timedOut: "has run out of time",
  ended: "is watched no longer",
};

const frameFaults: Readonly<Record<string, string>> = {
  drop: "Lost",
  duplicate: "Doubled",
  overtake: "Overtaken",
  bitFlip: "Garbled",
  truncation: "Cut short",
  payloadErase: "Emptied",
};

const topologyWords = (event: Fields): string => {
  const way = `${text(event.from)} → ${text(event.to)}`;
  switch (event.kind) {
    case "crash":
      return `Crashed ${text(event.site)}`;
    case "restart":
      return `Restarted ${text(event.site)}`;
    case "partition":
      return `Cut ${way}`;
    case "heal":
      return `Mended ${way}`;
    case "corrupt":
      return `Garbles ${way}`;
    case "frame":
      return `${frameFaults[text(event.fault)] ?? "Harmed"} message ${String(event.seq)} of ${way}`;
    default:
      return text(event.kind);
  }
};

const leftWords: Readonly<Record<string, string>> = {
  done: "done in time",
  timeout: "time is up",
  cancel: "cancelled",
};

/** What roles did by themselves in an entry, in order. */
export const deedsOf = (entry: EntryJson): readonly DeedEvent[] =>
  entry.events.flatMap((event) => {
    const deed = deedOf(event, entry.at);
    return deed === undefined ? [] : [{ ...deed, position: entry.seq }];
  });

/** Roles an entry's events name. */
export const rolesOf = (entry: EntryJson): ReadonlySet<string> => {
  const roles = new Set<string>();
  for (const event of entry.events) {
    if (typeof event.role === "string") roles.add(event.role);
    if (event.kind === "sent" || event.kind === "offered") roles.add(text(fieldsOf(event.edge).from));
    if (event.kind === "received" || event.kind === "chose") roles.add(text(fieldsOf(event.edge).to));
  }
  return roles;
};

const blockedWords = (role: string, reason: Fields): string => {
  switch (reason.kind) {
    case "empty":
      return `${role} waits for ${text(fieldsOf(reason.edge).from)}`;
    case "full":
      return `${role} waits for room on the way to ${text(fieldsOf(reason.edge).to)}`;
    case "decision":
      return `${role} must choose ${(Array.isArray(reason.labels) ? reason.labels : []).join(" or ")}`;
    case "payload":
      return `${role} must give the ${text(reason.type)} of ${text(reason.label)}`;
    case "topology":
      return `${role} is cut off from ${text(fieldsOf(reason.edge).to)}`;
    case "denied":
      return `${role} is denied by the ${text(reason.guard)} guard: ${text(reason.reason)}`;
    default:
      return `${role} waits`;
  }
};

/** One event of an entry as a sentence. */
export const eventWords = (event: Fields): string => {
  const edge = fieldsOf(event.edge);
  const role = text(event.role);
  switch (event.kind) {
    case "sent":
      return `${text(edge.from)} sent ${text(event.label)} to ${text(edge.to)}`;
    case "received":
      return `${text(edge.to)} received ${text(event.label)} from ${text(edge.from)}`;
    case "offered":
      return `${text(edge.from)} decided ${text(event.arm ?? event.label)}`;
    case "chose":
      return `${text(edge.to)} learnt of ${text(event.arm ?? event.label)}`;
    case "blocked":
      return blockedWords(role, fieldsOf(event.reason));
    case "halted":
      return `${role} finished`;
    case "faulted":
      return `${role} faulted: ${text(fieldsOf(event.fault).message)}`;
    case "invoked":
      return `${role} went on`;
    case "discarded":
      return `${text(event.label)} was discarded: ${text(event.why)}`;
    case "performed":
    case "decided":
    case "entered":
      return `${role}: ${deedOf(event, 0)?.text ?? `enters a timeout`}`;
    case "left":
      return `${role} leaves the timeout: ${leftWords[text(event.outcome)] ?? "told by its owner"}`;
    case "expired":
      return `the timer ${text(event.timer)} ran out`;
    case "completed":
    case "closed":
    case "cancelled":
      return `the session was ${text(event.kind)}`;
    case "paused":
    case "resumed":
      return `${role} was ${text(event.kind)}`;
    case "observed": {
      const fields = fieldsOf(event.fields);
      if (event.name === "SiteRestarted") return `${text(fields.site)} was restarted`;
      if (event.name === "FrameHarmed")
        return `${text(fields.label)} was ${(frameFaults[text(fields.fault)] ?? "harmed").toLowerCase()} on its way`;
      if (event.name === "Progress")
        return `${text(fields.operation)} ${progressWords[text(fields.state)] ?? text(fields.state)}`;
      return text(event.name);
    }
    default:
      return role === "" ? text(event.kind) : `${role} ${text(event.kind)}`;
  }
};

/** Longest value told in a line. */
const SHORT = 60;

const shortValue = (value: unknown): string => {
  const written = valueText(value as ValueJson);
  return written.length > SHORT ? `${written.slice(0, SHORT - 1)}…` : written;
};

/** What was asked, as a sentence. */
export const inputWords = (input: Fields): string => {
  switch (input.kind) {
    case "open":
      return "Session opened";
    case "fork":
      return `Branch of position ${String(input.at)}`;
    case "advance":
      return input.max === 1 ? "Single round" : "Step";
    case "decide":
      return `${text(input.seat)} chose ${text(input.label)}`;
    case "payload":
      return `${text(input.seat)} gave ${shortValue(input.value)}`;
    case "cancel":
      return input.scope === undefined
        ? `Cancelled: ${text(input.reason)}`
        : `Cancelled the timeout ${text(input.scope)}: ${text(input.reason)}`;
    case "timer":
      return `Timer ${text(input.id)} ran out`;
    case "clock":
      return "Clock moved on";
    case "topology":
      return topologyWords(fieldsOf(input.event));
    case "inject":
      return `Injected ${text(input.label)}, ${text(input.from)} → ${text(input.to)}`;
    case "close":
      return "Closed";
    case "pause":
    case "resume":
      return `${input.kind === "pause" ? "Paused" : "Resumed"} ${text(input.role)}`;
    default:
      return text(input.kind);
  }
};

/** Events that only accompany another. */
const unspoken: ReadonlySet<string> = new Set(["invoked", "offered", "chose", "opened"]);

/** An entry in one line: the last things that happened, or what was asked when nothing did. */
export const entryWords = (entry: EntryJson): string => {
  const told = entry.events.filter(({ kind }) => !unspoken.has(String(kind)));
  const asked = entry.input.kind === "topology" ? [inputWords(entry.input)] : [];
  if (asked.length > 0) return [...asked, ...told.slice(-1).map(eventWords)].join("; ");
  return told.length === 0 ? inputWords(entry.input) : told.slice(-2).map(eventWords).join("; ");
};
