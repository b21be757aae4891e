import type { MachineEvent } from "@parley/wire";
import type { Frame } from "../machine/frame-queue.ts";
import { type FramePlace, putFrame, takeFrame } from "../machine/in-flight.ts";
import { interfere, replaced } from "./adversaries.ts";
import { hasNetwork, route } from "./network.ts";
import { note, record } from "./note.ts";
import type { InFlight, Sim } from "./sim-state.ts";
import { corrupt } from "./tamper.ts";

/** What becomes of one message on its way. */
type Fate =
  | { readonly kind: "drop"; readonly by: string; readonly why: string }
  | { readonly kind: "pass"; readonly frame: Frame; readonly ticks: number; readonly held: boolean };

const messageOf = ({ from, to }: FramePlace, { seq, label }: Frame) => ({ from, to, seq, label });

/** The rows of `[[faults]]` that name a message; a drop ends the matter, delays add up. */
const scripted = (sim: Sim, place: FramePlace, sent: Frame): Fate | undefined => {
  const rows = sim.scenario.faults.filter(({ from, to, nth }, i) => {
    const found = from === place.from && to === place.to && nth === sent.seq;
    if (found) sim.state.used.add(`faults[${i}]`);
    return found;
  });
  let frame = sent;
  let ticks = 0;
  for (const { action } of rows) {
    const message = messageOf(place, frame);
    const by = "script";
    switch (action.kind) {
      case "drop":
        return { kind: "drop", by, why: "dropped by the script" };
      case "delay":
        ticks += action.ticks;
        break;
      case "corrupt":
        note(sim, { kind: "corrupted", by, how: action.how, ...message });
        frame = { ...frame, payload: corrupt(frame.payload, action.how) };
        break;
      case "replace": {
        const { label, payload } = action;
        note(sim, { kind: "replaced", by, into: label ?? null, payload: payload ?? null, ...message });
        frame = replaced(frame, label, payload);
        break;
      }
    }
  }
  return rows.length === 0 ? undefined : { kind: "pass", frame, ticks, held: true };
};

const throughNetwork = (sim: Sim, place: FramePlace, frame: Frame): Fate => {
  if (!hasNetwork(sim)) return { kind: "pass", frame, ticks: 0, held: false };
  const found = route(sim, place, frame);
  return found.kind === "drop" ? found : { ...found, held: false };
};

/** Script, adversaries, network: the first that drops or holds the message has it. */
const fateOf = (sim: Sim, place: FramePlace, sent: Frame): Fate => {
  const row = scripted(sim, place, sent);
  if (row?.kind === "drop") return row;
  const found = interfere(sim, place, row?.frame ?? sent);
  if (found.kind === "drop") return { ...found, why: "withheld" };
  const held = Math.max(row?.ticks ?? 0, found.delay);
  if (held > 0) return { kind: "pass", frame: found.frame, ticks: held, held: true };
  return throughNetwork(sim, place, found.frame);
};

const lose = (sim: Sim, place: FramePlace, frame: Frame, by: string, why: string): void => {
  const message = messageOf(place, frame);
  note(sim, { kind: "dropped", by, why, ...message });
  const { seq, label } = frame;
  record(sim, [{ kind: "discarded", tick: sim.machine.tick, edge: { ...place }, seq, label, why }]);
};

/** Sends each message of a round on its way: off its edge, unless it arrives unchanged and at once. */
export const sendOn = (sim: Sim, events: readonly MachineEvent[]): void => {
  if (!interferes(sim)) return;
  for (const event of events) {
    if (event.kind !== "sent") continue;
    const frame = takeFrame(sim.machine, event.edge, event.seq);
    if (frame === undefined) continue;
    settle(sim, { place: event.edge, frame, sentAt: sim.state.clock }, fateOf(sim, event.edge, frame));
  }
};

const interferes = (sim: Sim): boolean =>
  hasNetwork(sim) || sim.scenario.adversaries.length > 0 || sim.scenario.faults.length > 0;

const settle = (sim: Sim, of: Pick<InFlight, "place" | "frame" | "sentAt">, fate: Fate): void => {
  const { state } = sim;
  if (fate.kind === "drop") {
    lose(sim, of.place, of.frame, fate.by, fate.why);
    return;
  }
  const due = state.clock + fate.ticks;
  const message: InFlight = { ...of, frame: fate.frame, due, held: fate.held };
  if (fate.ticks > 0 || !arrive(sim, message)) state.inFlight = [...state.inFlight, message];
};

/** Puts a message on its edge; false when there is no room yet. */
const arrive = (sim: Sim, { place, frame, sentAt }: InFlight): boolean => {
  const found = putFrame(sim.machine, place, frame);
  if (found === "full") return false;
  const ticks = sim.state.clock - sentAt;
  if (found === "gone") lose(sim, place, frame, "network", "its session has ended");
  else if (ticks > 0) note(sim, { kind: "arrived", ticks, ...messageOf(place, frame) });
  return true;
};

/**
 * Delivers what is due, in the order it was sent on: first what adversaries
 * held back, which then faces the network, then what the network carried.
 */
export const deliverDue = (sim: Sim): void => {
  const { state } = sim;
  if (!state.inFlight.some(({ due }) => due <= state.clock)) return;
  const isDue = ({ due }: InFlight): boolean => due <= state.clock;
  const waiting = state.inFlight;
  state.inFlight = waiting.filter((message) => !isDue(message));
  for (const message of waiting.filter((one) => isDue(one) && one.held))
    settle(sim, message, throughNetwork(sim, message.place, message.frame));
  for (const message of waiting.filter((one) => isDue(one) && !one.held))
    if (!arrive(sim, message)) state.inFlight = [...state.inFlight, message];
};
