import type { MachineEvent, Read } from "@parley/wire";
import type { SessionComparison } from "@parley/wire/http";
import { compareTraces, type DeterminismMode, firstDifference } from "../../trace/compare-traces.ts";
import type { HostCore } from "../core.ts";
import { done, type Result, refused } from "../host-error.ts";
import { headOf } from "./causes.ts";
import { type History, roleOfEvent } from "./history.ts";
import { readHistory } from "./read-stretch.ts";

/** Positions of each side looked at after the last shared one. */
const MAX_COMPARED = 5_000;
/** Positions before the last shared one in which causes are told. */
const BEFORE = 1_000;

/** A session and its ancestors, itself first, each with the last position it shares with the one before. */
const lineage = (core: HostCore, id: string): readonly { readonly id: string; readonly upTo: number }[] => {
  const line = [{ id, upTo: Number.MAX_SAFE_INTEGER }];
  let upTo = Number.MAX_SAFE_INTEGER;
  for (let at = core.workspace.durable.sessions.get(id); at?.parent; ) {
    upTo = Math.min(upTo, at.parent.at);
    line.push({ id: at.parent.id, upTo });
    at = core.workspace.durable.sessions.get(at.parent.id);
  }
  return line;
};

/** The last position two sessions have in common, through their parents. */
const sharedUpTo = (core: HostCore, left: string, right: string): number | null => {
  const others = new Map(lineage(core, right).map((one) => [one.id, one.upTo]));
  for (const { id, upTo } of lineage(core, left)) {
    const other = others.get(id);
    if (other !== undefined) return Math.min(upTo, other);
  }
  return null;
};

interface Side {
  readonly id: string;
  readonly title: string;
  readonly head: number;
  readonly history: History;
  /** Places in the history's events of what is compared, in order. */
  readonly places: readonly number[];
  readonly events: readonly MachineEvent[];
  readonly reads: readonly Read[];
}

/** Rounds in which nothing happened are no difference unless every event counts. */
const counts = (event: MachineEvent, mode: DeterminismMode): boolean =>
  mode === "full" || mode === "replay" || (event.kind !== "blocked" && event.kind !== "invoked");

/** Up to the rounds in between: the tick of an event says nothing then. */
const without = (event: MachineEvent, mode: DeterminismMode): MachineEvent =>
  mode === "full" || mode === "replay" ? event : { ...event, tick: 0 };

const readSide = async (
  core: HostCore,
  id: string,
  shared: number | null,
  mode: DeterminismMode,
): Promise<Side | undefined> => {
  const head = await headOf(core, id);
  if (head === undefined) return undefined;
  const from = shared === null ? 0 : shared + 1;
  const to = Math.min(head, from + MAX_COMPARED - 1);
  const history = await readHistory(core, id, Math.max(0, from - BEFORE), to);
  const all = history.all();
  const places = all.flatMap(({ seq, event }, place) => (seq >= from && counts(event, mode) ? [place] : []));
  const reads: Read[] = [];
  for (let seq = from; seq <= to; seq += 1) reads.push(...(history.entry(seq)?.reads ?? []));
  const events = places.flatMap((place) => {
    const event = all[place]?.event;
    return event === undefined ? [] : [without(event, mode)];
  });
  const first = await core.store.read(id, 0, 1);
  const pin = first[0]?.entry.input;
  const title = pin?.kind === "open" || pin?.kind === "fork" ? pin.title : id;
  return { id, title, head, history, places, events, reads };
};

const sideView = (side: Side, index: number | undefined): SessionComparison["left"] => {
  const place = index === undefined ? undefined : side.places[index];
  const event = place === undefined ? undefined : side.history.event(place);
  return {
    id: side.id,
    title: side.title,
    head: side.head,
    event: event ?? null,
    past: place === undefined ? [] : [...side.history.past(place)],
  };
};

/** Events by the role that did them. */
const byRole = ({
  places,
  history,
  events,
}: Side): Map<string, { readonly place: number; readonly event: MachineEvent }[]> => {
  const roles = new Map<string, { readonly place: number; readonly event: MachineEvent }[]>();
  places.forEach((place, index) => {
    const event = events[index];
    const placed = history.all()[place]?.event;
    const role = placed && roleOfEvent(placed);
    if (event === undefined || role === null || role === undefined) return;
    // The order between roles is no business of one of them.
    const own = { place, event: { ...event, tick: 0 } };
    const list = roles.get(role);
    if (list === undefined) roles.set(role, [own]);
    else list.push(own);
  });
  return roles;
};

const differences = (left: Side, right: Side): SessionComparison["roles"] => {
  const [ours, theirs] = [byRole(left), byRole(right)];
  const roles = [...new Set([...ours.keys(), ...theirs.keys()])].sort((a, b) => (a < b ? -1 : 1));
  const told = (side: Side, place: number | undefined) => {
    const event = place === undefined ? undefined : side.history.event(place);
    if (event === undefined) return null;
    const { causes: _causes, ...happening } = event;
    return happening;
  };
  return roles.flatMap((role) => {
    const [a, b] = [ours.get(role) ?? [], theirs.get(role) ?? []];
    const at = firstDifference(
      a.map(({ event }) => event),
      b.map(({ event }) => event),
    );
    if (at === undefined) return [];
    return [
      {
        role,
        left: told(left, a[at.index]?.place),
        right: told(right, b[at.index]?.place),
        leftMore: Math.max(0, a.length - at.index - 1),
        rightMore: Math.max(0, b.length - at.index - 1),
      },
    ];
  });
};

/**
 * Where two sessions part, in a mode: the first event after their shared past
 * in which they differ, with everything that had to happen for it on each
 * side, and for every role the first thing it did otherwise.
 */
export const compareSessions = async (
  core: HostCore,
  id: string,
  other: string,
  mode: DeterminismMode,
): Promise<Result<SessionComparison>> => {
  const shared = sharedUpTo(core, id, other);
  const [left, right] = await Promise.all([
    readSide(core, id, shared, mode),
    readSide(core, other, shared, mode),
  ]);
  if (left === undefined || right === undefined)
    return refused({
      code: "PAR7001",
      kind: "not-found",
      what: "session",
      id: left === undefined ? id : other,
    });
  const compared = compareTraces(left, right, mode);
  const at = !compared.equal && compared.in === "events" ? compared.at.index : undefined;
  const last = (shared ?? -1) + MAX_COMPARED;
  return done({
    mode,
    shared: shared === null ? null : Math.min(shared, left.head, right.head),
    equal: compared.equal,
    differs: compared.equal ? null : compared.in,
    left: sideView(left, at),
    right: sideView(right, at),
    roles: compared.equal ? [] : differences(left, right),
    complete: left.head <= last && right.head <= last,
  });
};
