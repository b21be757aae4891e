import type { MessageRow } from "@parley/core/diagram";
import type { EntryJson, InputsRequest, SessionView } from "@parley/wire/http";
import { statementOf } from "../../selection/selection.ts";
import { messagesOf } from "../log-event.ts";

export type Input = InputsRequest["inputs"][number];
type TopologyEvent = Extract<Input, { readonly kind: "topology" }>["event"];
type FrameFault = Extract<TopologyEvent, { readonly kind: "frame" }>["fault"];
type Value = Extract<Input, { readonly kind: "inject" }>["value"];

/** Something a person may do to a session from outside. */
export interface Intervention {
  /** What the button says. */
  readonly label: string;
  /** What it does, as part of a sentence: `Bea crashes`. */
  readonly words: string;
  readonly inputs: readonly Input[];
  /** Mends or holds only; asks nothing before it is done. */
  readonly gentle?: true;
}

/** A titled part of a menu. */
export interface InterventionGroup {
  readonly title: string;
  readonly items: readonly Intervention[];
}

/** A frame on its way: its edge, its number there, and what it carries. */
export interface Flying {
  readonly from: string;
  readonly to: string;
  readonly seq: number;
  readonly label: string;
}

/** Peers a menu lists; a family of thousands is reached by its first members. */
const PEERS = 12;

const topology = (event: TopologyEvent): Input => ({ kind: "topology", event });

/** Whom a role shares an edge with. */
export const peersOf = (view: SessionView, role: string): readonly string[] => [
  ...new Set(view.edges.flatMap(({ from, to }) => (from === role ? [to] : to === role ? [from] : []))),
];

const isCut = (view: SessionView, a: string, b: string): boolean =>
  view.broken?.cut.some(({ from, to }) => (from === a && to === b) || (from === b && to === a)) ?? false;

const isGarbled = (view: SessionView, from: string, to: string): boolean =>
  view.broken?.garbled.some((one) => one.from === from && one.to === to) ?? false;

const cut = (view: SessionView, role: string, peer: string): Intervention =>
  isCut(view, role, peer)
    ? {
        label: `Mend the way to ${peer}`,
        words: `the way between ${role} and ${peer} is mended`,
        inputs: [topology({ kind: "heal", from: role, to: peer })],
        gentle: true,
      }
    : {
        label: `Cut off from ${peer}`,
        words: `nothing gets between ${role} and ${peer}`,
        inputs: [topology({ kind: "partition", from: role, to: peer })],
      };

const garble = (view: SessionView, role: string, peer: string): Intervention =>
  isGarbled(view, role, peer)
    ? {
        label: `Stop garbling what goes to ${peer}`,
        words: `the way between ${role} and ${peer} is mended`,
        inputs: [topology({ kind: "heal", from: role, to: peer })],
        gentle: true,
      }
    : {
        label: `Garble what goes to ${peer}`,
        words: `what ${role} sends ${peer} arrives garbled`,
        inputs: [topology({ kind: "corrupt", from: role, to: peer, corruption: "bitFlip" })],
      };

/** Holding a role, and letting it go on. */
export const pauseOf = (view: SessionView, role: string): Intervention =>
  view.roles.find((one) => one.role === role)?.paused
    ? { label: "Resume", words: `${role} is resumed`, inputs: [{ kind: "resume", role }], gentle: true }
    : { label: "Pause", words: `${role} is paused`, inputs: [{ kind: "pause", role }], gentle: true };

const crashOf = (view: SessionView, role: string): Intervention =>
  view.broken?.crashed.includes(role)
    ? {
        label: "Restart",
        words: `${role} is restarted`,
        inputs: [topology({ kind: "restart", site: role })],
        gentle: true,
      }
    : { label: "Crash", words: `${role} crashes`, inputs: [topology({ kind: "crash", site: role })] };

/** What can be done to a role at a position. */
export const onRole = (view: SessionView, role: string): readonly InterventionGroup[] => {
  const peers = peersOf(view, role);
  const sendsTo = view.edges.flatMap(({ from, to }) => (from === role ? [to] : []));
  const ways = peers.filter((peer) => !isCut(view, role, peer));
  const alone: readonly Intervention[] =
    ways.length < 2
      ? []
      : [
          {
            label: "Cut off from everybody",
            words: `nothing gets to or from ${role}`,
            inputs: ways.slice(0, 100).map((to) => topology({ kind: "partition", from: role, to })),
          },
        ];
  return [
    { title: role, items: [pauseOf(view, role), crashOf(view, role)] },
    {
      title: "Partition",
      items: [...peers.slice(0, PEERS).map((peer) => cut(view, role, peer)), ...alone],
    },
    { title: "Corruption", items: sendsTo.slice(0, PEERS).map((peer) => garble(view, role, peer)) },
  ].filter(({ items }) => items.length > 0);
};

/** The frames of a drawn message that have not arrived at the position shown. */
export const flyingOf = (
  row: MessageRow,
  view: SessionView,
  entries: readonly EntryJson[],
): readonly Flying[] => {
  const since = row.live?.sentAt;
  if (since === undefined || row.live?.state !== "sent") return [];
  const legs = new Set(row.legs.map(({ edge }) => edge));
  const sends = entries
    .filter(({ seq }) => seq >= since)
    .flatMap(messagesOf)
    .filter(({ state, edge, label }) => state === "sent" && legs.has(edge) && label === row.label);
  const seen = new Set<string>();
  return sends.flatMap(({ from, to, frame, edge }): Flying[] => {
    const queue = view.edges.find((one) => one.from === from && one.to === to)?.queue ?? [];
    // A later lap of a loop uses the same statement again: the first use of a leg is this row's.
    if (seen.has(edge)) return [];
    seen.add(edge);
    return queue.some(({ seq }) => seq === frame) ? [{ from, to, seq: frame, label: row.label }] : [];
  });
};

const frameFaults: readonly (readonly [fault: FrameFault, label: string, words: string])[] = [
  ["drop", "Lose it", "is lost on its way"],
  ["duplicate", "Deliver it twice", "arrives twice"],
  ["overtake", "Let later ones overtake it", "is overtaken by what was sent after it"],
  ["bitFlip", "Garble it", "arrives garbled"],
  ["truncation", "Cut it short", "arrives cut short"],
  ["payloadErase", "Erase its payload", "arrives without its payload"],
];

/** What can be done to a frame on its way. */
export const onFrame = ({ from, to, seq, label }: Flying): InterventionGroup => ({
  title: `${label} on its way to ${to}`,
  items: frameFaults.map(([fault, name, words]) => ({
    label: name,
    words: `${label} from ${from} to ${to} ${words}`,
    inputs: [topology({ kind: "frame", from, to, seq, fault })],
  })),
});

/** The same message once more, from nobody. */
export const injectedCopy = (
  row: MessageRow,
  entries: readonly EntryJson[],
): { readonly at: number; readonly change: Intervention } | undefined => {
  const at = row.live?.sentAt;
  const entry = at === undefined ? undefined : entries.find(({ seq }) => seq === at);
  const sent = entry && messagesOf(entry).find(({ edge }) => statementOf(edge) === statementOf(row.edge));
  if (at === undefined || sent?.payload === undefined) return undefined;
  const { from, to, label, payload } = sent;
  return {
    at,
    change: {
      label: "Inject it once more",
      words: `${label} comes to ${to} once more, from nobody`,
      inputs: [{ kind: "inject", from, to, label, value: payload as Value }],
    },
  };
};

/** Faults tried in a branch of the position before a message was sent. */
export const beforeSending = (row: MessageRow): readonly Intervention[] => {
  const [leg] = row.legs;
  if (leg === undefined || row.legs.length > 1) return [];
  const from = leg.from + (leg.fromNote ?? "");
  const to = leg.to + (leg.toNote ?? "");
  return [
    {
      label: `Nothing gets from ${from} to ${to}`,
      words: `nothing gets from ${from} to ${to}`,
      inputs: [topology({ kind: "partition", from, to })],
    },
    {
      label: "It arrives garbled",
      words: `${from} to ${to} arrives garbled`,
      inputs: [topology({ kind: "corrupt", from, to, corruption: "bitFlip" })],
    },
    { label: `${to} crashes`, words: `${to} crashes`, inputs: [topology({ kind: "crash", site: to })] },
  ];
};
