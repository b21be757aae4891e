import type { MachineEvent } from "@parley/wire";
import { meansRole } from "./read-trigger.ts";
import type { Trigger } from "./scenario.ts";
import type { Dice } from "./sim-rng.ts";

/** The round a trigger is asked about. */
export interface Moment {
  /** The tick the round will have. */
  readonly tick: number;
  /** Its number among the rounds that ran. */
  readonly step: number;
  readonly fresh: readonly MachineEvent[];
}

const rolesOf = (event: MachineEvent): readonly string[] => {
  switch (event.kind) {
    case "sent":
    case "received":
      return [event.edge.from, event.edge.to];
    case "invoked":
    case "halted":
    case "faulted":
      return [event.role];
    default:
      return [];
  }
};

const matches = (trigger: Extract<Trigger, { kind: "onEvent" }>, event: MachineEvent): boolean => {
  if (event.kind !== trigger.event) return false;
  const { role, message } = trigger;
  if (message !== undefined && !("label" in event && event.label === message)) return false;
  return role === undefined || rolesOf(event).some((one) => meansRole(role, one));
};

/** Whether a trigger fires (spec/simulation.md §3.5); a random one draws once. */
export const fires = (trigger: Trigger, moment: Moment, dice: Dice): boolean => {
  switch (trigger.kind) {
    case "immediate":
      return true;
    case "atTick":
      return moment.tick >= trigger.tick;
    case "afterStep":
      return moment.step >= trigger.step;
    case "random":
      return dice.chance(trigger.probability);
    case "onEvent":
      return moment.fresh.some((event) => matches(trigger, event));
  }
};
