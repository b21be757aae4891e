/**
 * Numeric state of roles (spec/simulation.md §11.1): each step of a role moves
 * its own numbers by the field's rule, with what it last heard of its peer. In
 * fixed point throughout, so that equal scenarios give equal bits.
 */
import type { MachineEvent } from "@parley/wire";
import { divide, type Fixed, multiply, ONE, tanh } from "./fixed.ts";
import type { Field } from "./scenario.ts";
import type { Sim } from "./sim-state.ts";

/** Where the numbers of a role stand. */
export interface FieldState {
  readonly values: readonly Fixed[];
  /** Steps taken. */
  readonly calls: number;
  /** What it last heard of whoever talks to it. */
  readonly peer: readonly Fixed[];
}

/** The numbers of a role after a step that moved them. */
export interface FieldSample {
  readonly at: number;
  readonly round: number;
  readonly role: string;
  readonly values: readonly Fixed[];
}

const clamp = (value: Fixed): Fixed => (value < 0n ? 0n : value > ONE ? ONE : value);

/** x0 and x1 drift by tanh(β·m) − m, where m is their difference; they stay shares of one. */
const meanField = (
  { beta, step }: Extract<Field, { layer: "mean_field" }>,
  [x = 0n, y = 0n]: readonly Fixed[],
): readonly Fixed[] => {
  const difference = x - y;
  const drift = multiply(tanh(multiply(beta, difference)) - difference, step);
  const [a, b] = [clamp(x + drift), clamp(y - drift)];
  const sum = a + b;
  return sum > 0n ? [divide(a, sum), divide(b, sum)] : [a, b];
};

/** Half a step of momentum, a step of position, half a step of momentum. */
const hamiltonian = (
  { spring, mass, step }: Extract<Field, { layer: "hamiltonian" }>,
  [position = 0n, momentum = 0n]: readonly Fixed[],
  peer: Fixed,
): readonly Fixed[] => {
  const force = (at: Fixed): Fixed => -multiply(spring, at - peer);
  const half = step / 2n;
  const pushed = momentum + multiply(force(position), half);
  const moved = position + multiply(divide(pushed, mass), step);
  return [moved, pushed + multiply(force(moved), half)];
};

/** One step of a role: whether its rule acts at this call, and what comes of it. */
const stepped = (field: Field, { values, calls, peer }: FieldState): readonly Fixed[] | undefined => {
  switch (field.layer) {
    case "mean_field":
      return meanField(field, values);
    case "hamiltonian":
      return calls % 4 === 3 ? hamiltonian(field, values, peer[0] ?? 0n) : undefined;
    case "continuum_field": {
      if (calls % 2 !== 1) return undefined;
      const [x = 0n] = values;
      return [x + multiply(multiply(field.coupling, (peer[0] ?? x) - x), field.step)];
    }
  }
};

/** The numbers each role of a scenario starts with; nothing without a field. */
export const startField = (field: Field | undefined, roles: readonly string[]): readonly FieldState[] => {
  if (field === undefined) return [];
  const valuesOf = (index: number): readonly Fixed[] => {
    if (field.layer === "mean_field") return field.initial;
    return field.layer === "hamiltonian"
      ? [field.positions[index] ?? 0n, field.momenta[index] ?? 0n]
      : [field.initial[index] ?? 0n];
  };
  return roles.map((_, index) => ({ values: valuesOf(index), calls: 0, peer: [] }));
};

const key = (event: Extract<MachineEvent, { kind: "sent" | "received" }>): string =>
  `${event.edge.from}>${event.edge.to}#${event.seq}`;

/** What a round means to the numbers: a sender's travel with its message, a step moves its role's. */
export const moveField = (sim: Sim, events: readonly MachineEvent[]): void => {
  const { scenario, state } = sim;
  const { field } = scenario;
  if (field === undefined) return;
  const roles = fieldRoles(sim);
  const set = (role: string, change: (of: FieldState) => FieldState): void => {
    const index = roles.indexOf(role);
    state.field = state.field.map((of, i) => (i === index ? change(of) : of));
  };
  for (const event of events) {
    if (event.kind === "sent") {
      const values = state.field[roles.indexOf(event.edge.from)]?.values ?? [];
      state.carried = [...state.carried, [key(event), values]];
    } else if (event.kind === "received") {
      const found = state.carried.find(([at]) => at === key(event));
      state.carried = state.carried.filter((one) => one !== found);
      if (found !== undefined) set(event.edge.to, (of) => ({ ...of, peer: found[1] }));
    } else if (event.kind === "invoked") {
      set(event.role, (of) => {
        const values = stepped(field, of);
        if (values !== undefined)
          sim.samples.push({ at: state.clock, round: state.rounds, role: event.role, values });
        return { ...of, calls: of.calls + 1, values: values ?? of.values };
      });
    }
  }
};

/** Roles in the order that initial values are listed in: the scenario's own, else the protocol's. */
export const fieldRoles = ({ scenario, machine }: Pick<Sim, "scenario" | "machine">): readonly string[] =>
  scenario.roles.length === 0 ? machine.image.roles : scenario.roles;
