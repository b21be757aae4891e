import type { GuardVerdict, MachineEvent, Read } from "@parley/wire";
import { roleName } from "../../machine/round.ts";
import type { Coroutine } from "../../machine/state.ts";
import type { SessionState } from "./session-state.ts";

type GuardRead = Extract<Read, { readonly kind: "guard" }>;

/** An endpoint a guard denied, and what its verdicts had read: it may try again when one of those moves. */
export interface Denied {
  readonly role: string;
  /** Arm path of the endpoint. */
  readonly endpoint: string;
  /** `id → version`. */
  readonly read: { readonly [id: string]: number };
}

/** What a charge of a what-if takes from the overlay it runs on. */
export interface SimulatedCharge {
  readonly authority: string;
  readonly device: string;
  readonly peer: string;
  readonly cost: number;
  readonly leakage: { readonly external: number; readonly neighbor: number; readonly inGroup: number };
  readonly edgeId: string;
  readonly label: string;
  readonly tick: number;
  /** Session time, ms. */
  readonly at: number;
}

type Sent = Extract<MachineEvent, { readonly kind: "sent" | "received" }>;

/** What an allowed request took, read off its verdicts. */
export const takenBy = (
  verdicts: readonly GuardVerdict[],
): Pick<SimulatedCharge, "cost" | "leakage"> | undefined => {
  let cost = 0;
  let taken = false;
  const leakage = { external: 0, neighbor: 0, inGroup: 0 };
  for (const { guard, subject, before, after } of verdicts) {
    if (before === undefined || after === undefined) continue;
    taken = true;
    if (guard === "flow") cost += before - after;
    else if (guard === "leakage") leakage[subject as keyof typeof leakage] += before - after;
  }
  return taken ? { cost, leakage } : undefined;
};

/** The guard read of a round whose message went out, with its event. */
export interface GuardedSend {
  readonly read: GuardRead;
  readonly event: Sent;
}

/** What a round sent under guards that had something to judge. */
export const guardedSend = (
  reads: readonly Read[],
  happened: readonly MachineEvent[],
): GuardedSend | undefined => {
  const read = reads.find((one) => one.kind === "guard");
  if (read === undefined || read.verdicts.length === 0) return undefined;
  const event = happened.find((one): one is Sent => one.kind === "sent" && one.control === undefined);
  return event === undefined ? undefined : { read, event };
};

const readBy = (reads: readonly Read[]): Denied["read"] =>
  Object.assign(
    {},
    ...reads.flatMap((one) => (one.kind === "guard" ? one.verdicts.map(({ read }) => read) : [])),
  );

/** Notes what came of a round for whoever ran it: a denial to watch, or an old one that is over. */
export const noteDenial = (
  state: SessionState,
  coroutine: Coroutine | undefined,
  reads: readonly Read[],
  happened: readonly MachineEvent[],
): void => {
  const denied = happened.some((event) => event.kind === "blocked" && event.reason.kind === "denied");
  if (coroutine === undefined || (!denied && state.denials.length === 0)) return;
  const role = roleName(state.machine, coroutine.role);
  const endpoint = coroutine.endpoint?.path ?? "";
  const others = state.denials.filter((one) => one.role !== role || one.endpoint !== endpoint);
  state.denials = denied ? [...others, { role, endpoint, read: readBy(reads) }] : others;
};

/** In a what-if a message that went out takes from the overlay, which the fold keeps. */
export const noteSimulated = (state: SessionState, { read, event }: GuardedSend): void => {
  if (state.fork === undefined) return;
  const taken = takenBy(read.verdicts);
  const from = state.pin.seats.find(({ role }) => role === event.edge.from);
  const to = state.pin.seats.find(({ role }) => role === event.edge.to);
  if (taken === undefined || from === undefined || to === undefined) return;
  const { authority, device } = from;
  const { edgeId, label, tick } = event;
  state.simulatedCharges = [
    ...state.simulatedCharges,
    { authority, device, peer: to.authority, ...taken, edgeId, label, tick, at: state.at },
  ];
};
