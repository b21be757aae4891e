import { pauseRole, resumeRole } from "../machine/controls.ts";
import type { Frame } from "../machine/frame-queue.ts";
import type { FramePlace } from "../machine/in-flight.ts";
import { note, record } from "./note.ts";
import { meansRole } from "./read-trigger.ts";
import type { Adversary, MessageFilter } from "./scenario.ts";
import type { AdversaryState, Sim } from "./sim-state.ts";
import { corrupt, valueLike } from "./tamper.ts";
import { fires, type Moment } from "./trigger.ts";

const setState = ({ state }: Sim, index: number, change: Partial<AdversaryState>): void => {
  state.adversaries = state.adversaries.map((old, i) => (i === index ? { ...old, ...change } : old));
};

const stateOf = ({ state }: Sim, index: number): AdversaryState => state.adversaries[index] as AdversaryState;

const spend = (sim: Sim, adversary: Adversary, index: number): void => {
  const spent = stateOf(sim, index).spent + 1;
  setState(sim, index, { spent });
  const by = adversary.id;
  const remaining = adversary.total - spent;
  note(sim, { kind: "consumed", by, remaining });
  if (remaining > 0) return;
  note(sim, { kind: "exhausted", by, remaining });
  note(sim, { kind: "assumption", by, failure: "budget_exhaustion" });
  if (adversary.failure !== "budget_exhaustion")
    note(sim, { kind: "assumption", by, failure: adversary.failure });
};

const activate = (sim: Sim, adversary: Adversary, index: number, tick: number): void => {
  setState(sim, index, { activated: true });
  note(sim, { kind: "activated", by: adversary.id, remaining: adversary.total });
  const { action } = adversary;
  if (action.kind !== "crash" || adversary.total === 0) return;
  const until = action.duration === undefined ? null : tick + action.duration;
  setState(sim, index, { crashUntil: until });
  spend(sim, adversary, index);
  note(sim, { kind: "crashed", by: adversary.id, role: action.role, until });
};

/** The roles that are down in the round `tick`, each once. */
const downAt = ({ scenario, state }: Sim, tick: number): readonly string[] => {
  const down = scenario.adversaries.flatMap(({ action }, i) => {
    const own = state.adversaries[i];
    if (action.kind !== "crash" || own === undefined || own.spent === 0) return [];
    return own.crashUntil === null || tick < own.crashUntil ? [action.role] : [];
  });
  return [...new Set(down)].sort();
};

/** Activates the adversaries whose time has come and stops or restarts roles (spec/simulation.md §6.2). */
export const tickAdversaries = (sim: Sim, moment: Moment): void => {
  const { scenario, state, machine } = sim;
  if (scenario.adversaries.length === 0) return;
  scenario.adversaries.forEach((adversary, i) => {
    if (stateOf(sim, i).activated || !fires(adversary.trigger, moment, sim.dice.adversary)) return;
    activate(sim, adversary, i, moment.tick);
  });
  const down = downAt(sim, moment.tick);
  for (const role of down) if (!state.crashed.includes(role)) record(sim, pauseRole(machine, role));
  for (const role of state.crashed) {
    if (down.includes(role)) continue;
    record(sim, resumeRole(machine, role));
    note(sim, { kind: "restarted", role });
  }
  state.crashed = down;
};

const concerns = (filter: MessageFilter, { from, to }: FramePlace, label: string): boolean =>
  (filter.from === undefined || meansRole(filter.from, from)) &&
  (filter.to === undefined || meansRole(filter.to, to)) &&
  (filter.message === undefined || filter.message === label);

/** Whether the budget lets the adversary act on one more message now. */
const applicable = (sim: Sim, { mode }: Adversary, index: number): boolean => {
  const { clock: tick } = sim.state;
  const own = stateOf(sim, index);
  switch (mode.kind) {
    case "activation":
      return true;
    case "independent":
      return sim.dice.adversary.chance(mode.probability);
    case "windowed": {
      const window = Math.floor(tick / mode.window);
      const inWindow = window === own.window ? own.inWindow : 0;
      const allowed = inWindow < mode.quota;
      setState(sim, index, { window, inWindow: allowed ? inWindow + 1 : inWindow });
      return allowed;
    }
    case "correlated": {
      if (tick < own.burstUntil) return true;
      if (!sim.dice.adversary.chance(mode.probability)) return false;
      setState(sim, index, { burstUntil: tick + mode.burst });
      return true;
    }
  }
};

/** What the adversaries make of a message. */
export type Interference =
  | { readonly kind: "drop"; readonly by: string }
  | { readonly kind: "pass"; readonly frame: Frame; readonly delay: number };

const messageOf = ({ from, to }: FramePlace, { seq, label }: Frame) => ({ from, to, seq, label });

interface Effect {
  readonly drop?: true;
  readonly delay?: number;
  readonly frame?: Frame;
}

const byzantine = (
  sim: Sim,
  adversary: Adversary,
  action: Extract<Adversary["action"], { kind: "byzantine" }>,
  place: FramePlace,
  frame: Frame,
): Effect => {
  const dice = sim.dice.adversary;
  if (dice.chance(action.withholding)) return { drop: true };
  if (!dice.chance(action.corruption)) return action.delay === undefined ? {} : { delay: action.delay };
  note(sim, { kind: "corrupted", by: adversary.id, how: "tamper", ...messageOf(place, frame) });
  return { frame: { ...frame, payload: corrupt(frame.payload, "tamper") } };
};

const act = (sim: Sim, adversary: Adversary, place: FramePlace, frame: Frame): Effect => {
  const { action, id: by } = adversary;
  switch (action.kind) {
    case "crash":
      return {};
    case "withholding":
      return { drop: true };
    case "timing":
      return { delay: action.ticks };
    case "corruption":
      note(sim, { kind: "corrupted", by, how: action.how, ...messageOf(place, frame) });
      return { frame: { ...frame, payload: corrupt(frame.payload, action.how) } };
    case "byzantine":
      return byzantine(sim, adversary, action, place, frame);
    case "substitution": {
      const { label, payload } = action;
      note(sim, {
        kind: "replaced",
        by,
        into: label ?? null,
        payload: payload ?? null,
        ...messageOf(place, frame),
      });
      return { frame: replaced(frame, label, payload) };
    }
  }
};

/** Another label or payload in a frame's place; what is left out stays. */
export const replaced = (
  frame: Frame,
  label: string | undefined,
  payload: Parameters<typeof valueLike>[1] | undefined,
): Frame => ({
  ...frame,
  label: label ?? frame.label,
  payload: payload === undefined ? frame.payload : valueLike(frame.payload, payload),
});

/** Lets every active adversary at a message, in order (spec/simulation.md §6.2). A unit is spent whatever its dice say. */
export const interfere = (sim: Sim, place: FramePlace, sent: Frame): Interference => {
  let frame = sent;
  let delay = 0;
  for (const [index, adversary] of sim.scenario.adversaries.entries()) {
    const own = stateOf(sim, index);
    if (!own.activated || own.spent >= adversary.total || adversary.action.kind === "crash") continue;
    if (!concerns(adversary.filter, place, sent.label) || !applicable(sim, adversary, index)) continue;
    spend(sim, adversary, index);
    const effect = act(sim, adversary, place, frame);
    if (effect.drop) return { kind: "drop", by: adversary.id };
    frame = effect.frame ?? frame;
    if (effect.delay !== undefined && effect.delay > 0)
      note(sim, {
        kind: "delayed",
        by: adversary.id,
        ticks: effect.delay,
        ...messageOf(place, frame),
      });
    delay = Math.max(delay, effect.delay ?? 0);
  }
  return { kind: "pass", frame, delay };
};
