import { edgePath } from "../kernel/edge-path.ts";
import { decisionGroups } from "./decision-groups.ts";
import { type LiveLanes, liveLanes } from "./live-lanes.ts";
import type {
  DeedKind,
  DeedRow,
  FrameRow,
  Leg,
  LiveMark,
  MessageRow,
  SequenceModel,
  SequenceRow,
} from "./sequence-model.ts";

/**
 * One fact about one message of a session: that it was sent, that it was
 * received, or that it was discarded on its way. A message that has arrived
 * may be given once, as `received`.
 */
export interface LiveEvent {
  /** Edge id as the machine knows it, with `#k` for a leg. */
  readonly edge: string;
  /** How often this edge was used before, from 0. */
  readonly occurrence: number;
  /** Position (seq) in the session's log. */
  readonly position: number;
  /** Bound roles: `Guardians[0]`. */
  readonly from: string;
  readonly to: string;
  readonly label: string;
  readonly state: "sent" | "received" | "discarded";
  readonly payload?: string;
  readonly control?: boolean;
}

/** Something a role did by itself, or that a timer did to it. */
export interface LiveDeed {
  /** Path of the statement. */
  readonly edge: string;
  /** Position (seq) in the session's log. */
  readonly position: number;
  readonly role: string;
  readonly deed: DeedKind;
  readonly text: string;
  /** Role something is handed to. */
  readonly target?: string;
}

/** What one role may do now, from its current local type. */
export interface LiveOption {
  readonly role: string;
  readonly kind: "send" | "recv";
  readonly peer: string;
  readonly label: string;
  readonly edge: string;
  readonly payload?: string;
  readonly control?: boolean;
}

export interface LiveSequenceInput {
  readonly name: string;
  /** Bound roles in order of declaration. */
  readonly roles: readonly string[];
  readonly history: readonly LiveEvent[];
  /** In order of position. */
  readonly deeds?: readonly LiveDeed[];
  readonly enabled: readonly LiveOption[];
  /** Families drawn as one lane. */
  readonly folded?: Iterable<string>;
}

/**
 * The unrolled sequence of a running session: what happened, in order of
 * sending; a line for now; and what may happen next. Past rows carry their
 * positions, those not yet received are pending; a role's alternatives stand
 * in one choice frame. A position of the past is drawn by giving the history
 * up to it and the options of that state.
 */
export const liveSequence = (input: LiveSequenceInput): SequenceModel => {
  const lanes = liveLanes(input.roles, new Set(input.folded ?? []));
  const past = pastMessages(input.history);
  const messages = foldLegs(past.map((message) => pastRow(message, lanes)));
  const rows: SequenceRow[] = inOrder(messages, deedRows(input.deeds ?? [], lanes));
  rows.push({ kind: "now", id: "now" });
  rows.push(...futureRows(input.enabled, past, lanes));
  return { name: input.name, lanes: lanes.lanes, rows, truncated: false };
};

/** A deed's id is unique even when one entry holds two of one statement. */
const deedRows = (deeds: readonly LiveDeed[], lanes: LiveLanes): readonly DeedRow[] =>
  deeds.map((deed, k): DeedRow => {
    const place = lanes.laneOf(deed.role);
    return {
      kind: "deed",
      id: `${deed.edge}@${deed.position}.${k}`,
      lane: place.lane,
      ...(place.note === undefined ? {} : { note: place.note }),
      deed: deed.deed,
      text: deed.text,
      ...(deed.target === undefined ? {} : { target: lanes.laneOf(deed.target).lane }),
      at: deed.position,
    };
  });

/** Messages by their sending and deeds, in one order; of one position the deeds stand first. */
const inOrder = (messages: readonly MessageRow[], deeds: readonly DeedRow[]): SequenceRow[] => {
  const rows: SequenceRow[] = [];
  let next = 0;
  for (const message of messages) {
    const at = message.live?.sentAt ?? message.live?.receivedAt ?? 0;
    for (let deed = deeds[next]; deed !== undefined && (deed.at ?? 0) <= at; deed = deeds[next]) {
      rows.push(deed);
      next += 1;
    }
    rows.push(message);
  }
  return [...rows, ...deeds.slice(next)];
};

interface PastMessage {
  readonly event: LiveEvent;
  sentAt?: number;
  receivedAt?: number;
  discardedAt?: number;
}

const pastMessages = (history: readonly LiveEvent[]): readonly PastMessage[] => {
  const messages = new Map<string, PastMessage>();
  for (const event of history) {
    const key = JSON.stringify([event.edge, event.occurrence, event.from, event.to]);
    const known = messages.get(key) ?? { event };
    messages.set(key, known);
    if (event.state === "sent") known.sentAt = event.position;
    else if (event.state === "received") known.receivedAt = event.position;
    else known.discardedAt = event.position;
  }
  const start = (message: PastMessage): number => message.sentAt ?? message.event.position;
  return [...messages.values()].sort((a, b) => start(a) - start(b));
};

const legOf = (lanes: LiveLanes, edge: string, from: string, to: string): Leg => {
  const source = lanes.laneOf(from);
  const target = lanes.laneOf(to);
  return {
    edge,
    from: source.lane,
    to: target.lane,
    ...(source.note === undefined ? {} : { fromNote: source.note }),
    ...(target.note === undefined ? {} : { toNote: target.note }),
  };
};

const pastRow = (message: PastMessage, lanes: LiveLanes): MessageRow => {
  const { event, sentAt, receivedAt, discardedAt } = message;
  return {
    kind: "message",
    id: `${event.edge}@${event.occurrence}`,
    edge: event.edge,
    label: event.label,
    payload: event.payload ?? "",
    legs: [legOf(lanes, event.edge, event.from, event.to)],
    broadcast: false,
    control: event.control ?? false,
    facts: [],
    annotations: [],
    live: {
      state: discardedAt !== undefined ? "discarded" : receivedAt === undefined ? "sent" : "received",
      occurrence: event.occurrence,
      ...(sentAt === undefined ? {} : { sentAt }),
      ...(receivedAt === undefined ? {} : { receivedAt }),
      legs: 1,
      received: receivedAt === undefined ? 0 : 1,
    },
  };
};

/** Legs of one family send that follow each other on the same lanes become one row. */
const foldLegs = (rows: readonly MessageRow[]): MessageRow[] => {
  const folded: MessageRow[] = [];
  for (const row of rows) {
    const last = folded.at(-1);
    const joined = last === undefined ? undefined : joinLegs(last, row);
    if (joined === undefined) folded.push(row);
    else folded[folded.length - 1] = joined;
  }
  return folded;
};

const joinLegs = (a: MessageRow, b: MessageRow): MessageRow | undefined => {
  const [first] = a.legs;
  const [second] = b.legs;
  if (first === undefined || second === undefined || a.live === undefined || b.live === undefined)
    return undefined;
  if (a.live.state === "discarded" || b.live.state === "discarded") return undefined;
  const isLeg = edgePath.send(a.edge) !== a.edge;
  const same =
    isLeg &&
    edgePath.send(a.edge) === edgePath.send(b.edge) &&
    a.live.occurrence === b.live.occurrence &&
    a.label === b.label &&
    first.from === second.from &&
    first.to === second.to;
  if (!same) return undefined;
  return { ...a, legs: [...a.legs, ...b.legs], live: joinMarks(a.live, b.live) };
};

const joinMarks = (a: LiveMark, b: LiveMark): LiveMark => {
  const legs = a.legs + b.legs;
  const received = a.received + b.received;
  const sentAt = a.sentAt ?? b.sentAt;
  const receivedAt = Math.max(a.receivedAt ?? -1, b.receivedAt ?? -1);
  return {
    state: received === legs ? "received" : "sent",
    occurrence: a.occurrence,
    ...(sentAt === undefined ? {} : { sentAt }),
    ...(receivedAt < 0 ? {} : { receivedAt }),
    legs,
    received,
  };
};

interface Option {
  readonly edge: string;
  readonly label: string;
  readonly from: string;
  readonly to: string;
  readonly payload: string;
  readonly control: boolean;
  readonly state: "next" | "awaited";
}

const futureRows = (
  enabled: readonly LiveOption[],
  past: readonly PastMessage[],
  lanes: LiveLanes,
): readonly SequenceRow[] => {
  const options = mergeOptions(enabled, past);
  const groups = decisionGroups(
    options.filter((option) => option.state === "next"),
    (option) => option.from,
  );
  const grouped = new Set(groups.flatMap((group) => group.members));
  const frames = groups.map((group): FrameRow => {
    const id = `next:${group.path}:${group.owner}`;
    return {
      kind: "frame",
      id,
      frame: "choice",
      title: `choice · ${group.owner} decides`,
      summary: group.members.map((option) => option.label).join(", "),
      sections: group.members.map((option, index) => ({
        id: `${id}/${index}`,
        label: group.arms[index] ?? option.label,
        rows: [
          { ...futureRow(option, lanes), decides: { frame: id, arm: group.arms[index] ?? option.label } },
        ],
      })),
    };
  });
  return [
    ...frames,
    ...options.filter((option) => !grouped.has(option)).map((option) => futureRow(option, lanes)),
  ];
};

/** Send and receive of one message become one row; a receive whose message is on its way is already drawn. */
const mergeOptions = (enabled: readonly LiveOption[], past: readonly PastMessage[]): readonly Option[] => {
  const key = (edge: string, label: string, from: string, to: string) =>
    JSON.stringify([edge, label, from, to]);
  const pending = new Set(
    past
      .filter(({ receivedAt, discardedAt }) => receivedAt === undefined && discardedAt === undefined)
      .map(({ event }) => key(event.edge, event.label, event.from, event.to)),
  );
  const options = new Map<string, Option>();
  for (const option of enabled) {
    const [from, to] = option.kind === "send" ? [option.role, option.peer] : [option.peer, option.role];
    const id = key(option.edge, option.label, from, to);
    if (option.kind === "recv" && (pending.has(id) || options.has(id))) continue;
    const { edge, label, payload = "", control = false } = option;
    const state = option.kind === "send" ? "next" : "awaited";
    options.set(id, { edge, label, from, to, payload, control, state });
  }
  return [...options.values()];
};

const futureRow = (option: Option, lanes: LiveLanes): MessageRow => ({
  kind: "message",
  id: `next:${option.edge}:${option.from}>${option.to}:${option.label}`,
  edge: option.edge,
  label: option.label,
  payload: option.payload,
  legs: [legOf(lanes, option.edge, option.from, option.to)],
  broadcast: false,
  control: option.control,
  facts: [],
  annotations: [],
  live: { state: option.state, occurrence: 0, legs: 1, received: 0 },
});
