import type { Entry, MachineEvent, SessionInput } from "@parley/wire";

/** What happened, as a sentence; nothing for events that only accompany another. */
export const eventText = (event: MachineEvent): string | undefined => {
  switch (event.kind) {
    case "sent":
      return `${event.edge.from} sent ${event.label} to ${event.edge.to}`;
    case "received":
      return `${event.edge.to} received ${event.label} from ${event.edge.from}`;
    case "joined":
      return `${event.role}'s parallel arms ended`;
    case "halted":
      return `${event.role} finished`;
    case "faulted":
      return `${event.role} faulted: ${event.fault.message}`;
    case "blocked":
      return blockedText(event);
    case "completed":
      return "the session completed";
    case "closed":
      return "the session was closed";
    case "cancelled":
      return "the session was cancelled";
    case "performed":
      return `${event.role} ${deedWords(event)}`;
    case "decided":
      return `${event.role} took ${event.outcome}`;
    case "entered":
      return event.deadline === undefined
        ? `${event.role} entered a timeout`
        : `${event.role} entered a timeout; its timer runs`;
    case "left":
      return `${event.role} left a timeout: ${event.outcome}`;
    case "expired":
      return `timer ${event.timer} ran out`;
    case "discarded":
      return `${event.label} from ${event.edge.from} to ${event.edge.to} was discarded: ${event.why}`;
    case "observed":
      return event.name === "Progress" ? progressText(event.fields) : undefined;
    default:
      return undefined;
  }
};

const lateWords: Readonly<Record<string, string>> = {
  noProgress: "has stalled",
  degraded: "is stalled still",
  timedOut: "has run out of time",
};

/** An operation that is late; its beginning and its end are told by its deeds. */
const progressText = (fields: { readonly [key: string]: unknown }): string | undefined => {
  const words = lateWords[String(fields.state)];
  return words === undefined ? undefined : `${String(fields.role)}'s ${String(fields.operation)} ${words}`;
};

/** What a deed did, by its kind and what it names. */
const deedWords = ({ deed, detail }: Extract<MachineEvent, { readonly kind: "performed" }>): string => {
  const part = (key: string): string => String(detail[key] ?? "");
  switch (deed) {
    case "ask":
      return `asked ${part("what")}`;
    case "transfer":
      return `transferred ${part("subject")} to ${part("to")}`;
    case "begin":
      return `began ${part("operation")}`;
    case "await":
      return `awaited ${part("operation")}`;
    case "resolve":
      return `resolved ${part("operation")} as ${part("outcome")}`;
    case "invalidate":
      return `invalidated ${part("operation")}`;
    case "publish":
      return `published ${part("event")}`;
    case "publishAs":
      return `published ${part("publication")}`;
    case "materialize":
      return `materialized ${part("proof")}`;
    case "handoff":
      return `handed ${part("operation")} off to ${part("target")}`;
    case "dependentWork":
      return `did ${part("name")}`;
    default:
      return `did ${deed}`;
  }
};

const blockedText = ({ role, reason }: Extract<MachineEvent, { readonly kind: "blocked" }>): string => {
  switch (reason.kind) {
    case "empty":
      return `${role} waits for ${reason.edge.from}`;
    case "decision":
      return `${role} must choose ${reason.labels.join(" or ")}`;
    case "payload":
      return `${role} must give the ${reason.type} of ${reason.label}`;
    case "denied":
      return `${role}'s send was denied by the ${reason.guard} guard`;
    default:
      return `${role} is blocked`;
  }
};

/** What was asked, as a sentence. */
export const inputText = (input: SessionInput): string => {
  switch (input.kind) {
    case "open":
      return "the session was opened";
    case "fork":
      return `a what-if began at position ${input.at}`;
    case "advance":
      return "nothing could run";
    case "decide":
      return `${input.seat} chose ${input.label}`;
    case "payload":
      return `${input.seat} gave a payload`;
    case "clock":
      return "the clock was moved";
    case "inject":
      return `${input.label} was injected from ${input.from} to ${input.to}`;
    case "pause":
      return `${input.role} was paused`;
    case "resume":
      return `${input.role} was resumed`;
    case "timer":
      return `timer ${input.id} fired`;
    case "cancel":
      return input.scope === undefined
        ? `the session was cancelled: ${input.reason}`
        : `the scope of ${input.scope} was cancelled: ${input.reason}`;
    case "topology":
      return topologyText(input.event);
    case "close":
      return "the session was closed";
    case "delegate":
      return delegateText(input.detail);
    default:
      return input.kind;
  }
};

const frameWords: Readonly<Record<string, string>> = {
  drop: "was lost",
  duplicate: "was doubled",
  overtake: "was overtaken",
};

const delegateText = ({ from, to, generation, bundle }: { readonly [key: string]: unknown }): string =>
  `${String(from)} handed the session to ${String(to)} at ${String(bundle)}, generation ${String(generation)}`;

/** What was done to sites and ways. */
export const topologyText = (event: { readonly [key: string]: unknown }): string => {
  const way = `the way from ${String(event.from)} to ${String(event.to)}`;
  switch (event.kind) {
    case "crash":
      return `${String(event.site)} crashed`;
    case "partition":
      return `${way} was cut`;
    case "heal":
      return `${way} was mended`;
    case "corrupt":
      return `${way} corrupts what it carries`;
    case "restart":
      return `${String(event.site)} was restarted`;
    case "frame":
      return `message ${String(event.seq)} on ${way} ${frameWords[String(event.fault)] ?? "was garbled"}`;
    default:
      return "topology";
  }
};

/** One sentence: what an entry did. */
export const entrySummary = (entry: Pick<Entry, "input" | "events">): string => {
  const input = entry.input as SessionInput;
  const texts = entry.events.flatMap((event) => eventText(event) ?? []);
  const [first] = texts;
  if (input.kind !== "advance") return [inputText(input), ...texts.slice(-1)].join("; ");
  if (first === undefined) return inputText(input);
  return texts.slice(-2).join("; ");
};
