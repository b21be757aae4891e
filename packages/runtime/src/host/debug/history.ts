import { type Entry, encodeCanonical, type MachineEvent, type Read, type SessionInput } from "@parley/wire";
import type { Caused } from "@parley/wire/http";
import { type CausalOrder, causalOrder } from "../../trace/causal-order.ts";
import { eventText, inputText } from "../views/summary.ts";

/** A stretch of a session's log: entries with their positions, in order, without holes. */
export interface Stretch {
  readonly entries: readonly { readonly position: number; readonly entry: Entry }[];
}

type CauseView = Caused["causes"][number];

/** An event with its place: position, and index among the events of its entry. */
interface Placed {
  readonly seq: number;
  readonly index: number;
  readonly event: MachineEvent;
}

/** The role that did or suffered an event. */
export const roleOfEvent = (event: MachineEvent): string | null => {
  switch (event.kind) {
    case "sent":
    case "offered":
      return event.edge.from;
    case "received":
    case "chose":
    case "discarded":
      return event.edge.to;
    default:
      return "role" in event ? event.role : null;
  }
};

/** The statement of the source an event belongs to. */
const edgeOfEvent = (event: MachineEvent): string | null => {
  switch (event.kind) {
    case "sent":
    case "received":
    case "performed":
      return event.edgeId;
    case "decided":
    case "entered":
    case "left":
      return event.scope;
    default:
      return null;
  }
};

/** What an event says in words; those that only accompany another by their kind. */
const wordsOf = (event: MachineEvent): string => {
  switch (event.kind) {
    case "offered":
      return `${event.edge.from} decided ${event.arm ?? event.label}`;
    case "chose":
      return `${event.edge.to} learnt of ${event.arm ?? event.label}`;
    default:
      return eventText(event) ?? `${roleOfEvent(event) ?? "the session"}: ${event.kind}`;
  }
};

const same = (a: unknown, b: unknown): boolean => {
  const [x, y] = [encodeCanonical(a), encodeCanonical(b)];
  return x.length === y.length && x.every((byte, i) => byte === y[i]);
};

type Given = Extract<Read, { readonly kind: "decision" | "payload" }>;

const endpointOf = (event: MachineEvent): string => ("endpoint" in event ? (event.endpoint ?? "") : "");

/** Whether an event is what a read decision or payload led to. */
const ledTo = (read: Given, event: MachineEvent): boolean => {
  if (roleOfEvent(event) !== read.role || endpointOf(event) !== read.endpoint) return false;
  if (read.kind === "decision") {
    if (event.kind === "sent") return event.label === read.label;
    if (event.kind === "decided") return event.outcome === read.label;
    return event.kind === "performed" && event.deed === "await";
  }
  if (event.kind === "sent") return same(event.payload, read.value);
  return event.kind === "performed" && event.detail.answer !== undefined;
};

/** For each event of an entry, what was given for it. */
const givenTo = ({ events, reads }: Entry): ReadonlyMap<number, readonly Given[]> => {
  const found = new Map<number, Given[]>();
  for (const read of reads) {
    if (read.kind !== "decision" && read.kind !== "payload") continue;
    const index = events.findIndex(
      (event, at) => ledTo(read, event) && !found.get(at)?.some(({ kind }) => kind === read.kind),
    );
    if (index >= 0) found.set(index, [...(found.get(index) ?? []), read]);
  }
  return found;
};

/** Inputs whose own events follow from nothing but them. */
const causing: ReadonlySet<string> = new Set([
  "open",
  "timer",
  "clock",
  "pause",
  "resume",
  "topology",
  "cancel",
  "close",
]);

/** What had to happen for what, in a stretch of log: events and inputs. */
export class History {
  readonly first: number;
  private readonly entries: ReadonlyMap<number, Entry>;
  private readonly placed: readonly Placed[];
  /** Where the events of each position begin in `placed`. */
  private readonly starts: ReadonlyMap<number, number>;
  private readonly order: CausalOrder;
  private readonly given = new Map<number, ReadonlyMap<number, readonly Given[]>>();

  constructor({ entries }: Stretch) {
    const placed: Placed[] = [];
    const starts = new Map<number, number>();
    for (const { position, entry } of entries) {
      starts.set(position, placed.length);
      entry.events.forEach((event, index) => {
        placed.push({ seq: position, index, event });
      });
    }
    this.first = entries[0]?.position ?? 0;
    this.entries = new Map(entries.map(({ position, entry }) => [position, entry]));
    this.placed = placed;
    this.starts = starts;
    this.order = causalOrder(placed);
  }

  /** The events in order. */
  all(): readonly Placed[] {
    return this.placed;
  }

  entry(seq: number): Entry | undefined {
    return this.entries.get(seq);
  }

  /** Place of an event in `all()`, if the stretch has it. */
  indexOf(seq: number, index: number): number | undefined {
    const start = this.starts.get(seq);
    return start !== undefined && index < (this.entries.get(seq)?.events.length ?? 0)
      ? start + index
      : undefined;
  }

  /** The last thing a role did, by place in `all()`. */
  lastOf(role: string): number | undefined {
    const found = this.placed.findLastIndex(
      ({ event }) => event.kind !== "blocked" && event.kind !== "invoked" && roleOfEvent(event) === role,
    );
    return found < 0 ? undefined : found;
  }

  /** An event with its direct causes. */
  event(at: number): Caused | undefined {
    const placed = this.placed[at];
    if (placed === undefined) return undefined;
    const { seq, index, event } = placed;
    const by = this.givenFor(seq, index).find(({ source }) => source.kind !== "input");
    const source = by?.source;
    return {
      seq,
      index,
      kind: event.kind,
      text: wordsOf(event),
      role: roleOfEvent(event),
      edgeId: edgeOfEvent(event),
      ...(source?.kind === "policy" ? { by: `the policy ${source.policy}` } : {}),
      ...(source?.kind === "script" ? { by: `the script ${source.script}` } : {}),
      causes: this.causesOf(at, placed),
    };
  }

  /** The input of a position. */
  input(seq: number): Caused | undefined {
    const input = this.entries.get(seq)?.input as SessionInput | undefined;
    if (input === undefined) return undefined;
    const role = "seat" in input ? input.seat : "role" in input ? input.role : null;
    return { seq, index: null, kind: input.kind, text: inputText(input), role, edgeId: null, causes: [] };
  }

  /** Every position with an event or input in the past of an event, in order. */
  past(at: number): readonly number[] {
    const seqs = new Set<number>();
    for (const one of this.order.past(at)) {
      const placed = this.placed[one];
      if (placed === undefined) continue;
      seqs.add(placed.seq);
      for (const { seq } of this.inputsOf(one, placed)) if (seq >= this.first) seqs.add(seq);
    }
    return [...seqs].sort((a, b) => a - b);
  }

  /** The event, its causes, theirs, …, nearest first, at most `most` of them. */
  chain(at: number, most: number): { readonly chain: readonly Caused[]; readonly complete: boolean } {
    const chain: Caused[] = [];
    const seen = new Set<string>();
    const work: CauseView[] = [];
    const add = (node: Caused | undefined): void => {
      if (node === undefined) return;
      chain.push(node);
      work.push(...node.causes);
    };
    add(this.event(at));
    for (let next = work.shift(); next !== undefined && chain.length < most; next = work.shift()) {
      const key = `${next.seq}.${next.index}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const place = next.index === null ? undefined : this.indexOf(next.seq, next.index);
      add(next.index === null ? this.input(next.seq) : place === undefined ? undefined : this.event(place));
    }
    const outside = chain.some(({ causes }) => causes.some(({ seq }) => seq < this.first));
    return { chain, complete: work.length === 0 && !outside };
  }

  private givenFor(seq: number, index: number): readonly Given[] {
    const entry = this.entries.get(seq);
    if (entry === undefined) return [];
    const known = this.given.get(seq) ?? givenTo(entry);
    this.given.set(seq, known);
    return known.get(index) ?? [];
  }

  private inputsOf(at: number, { seq, index, event }: Placed): readonly CauseView[] {
    const given = this.givenFor(seq, index).flatMap(({ source }): CauseView[] =>
      source.kind === "input" ? [{ kind: "input", seq: source.seq, index: null }] : [],
    );
    const kind = this.entries.get(seq)?.input.kind ?? "";
    const own =
      causing.has(kind) &&
      (roleOfEvent(event) === null || kind === "pause" || kind === "resume" || kind === "topology");
    const injected =
      event.kind === "received" && !this.order.causes(at).some((cause) => cause.kind === "message");
    if (injected) given.push(...this.injections(seq, event));
    return own ? [...given, { kind: "input", seq, index: null }] : given;
  }

  /** Where a frame nobody sent came from. */
  private injections(
    before: number,
    { edge, label }: Extract<MachineEvent, { readonly kind: "sent" | "received" }>,
  ): CauseView[] {
    for (let seq = before; seq >= this.first; seq -= 1) {
      const input = this.entries.get(seq)?.input;
      if (
        input?.kind === "inject" &&
        input.from === edge.from &&
        input.to === edge.to &&
        input.label === label
      )
        return [{ kind: "input", seq, index: null }];
      if (input?.kind === "topology" && input.event.kind === "frame") {
        const { from, to } = input.event;
        if (from === edge.from && to === edge.to) return [{ kind: "input", seq, index: null }];
      }
    }
    return [];
  }

  private causesOf(at: number, placed: Placed): CauseView[] {
    const events = this.order.causes(at).flatMap(({ kind, index }): CauseView[] => {
      const cause = this.placed[index];
      return cause === undefined ? [] : [{ kind, seq: cause.seq, index: cause.index }];
    });
    return [...events, ...this.inputsOf(at, placed)];
  }
}
