import type { Instruction } from "../machine/code/instruction.ts";
import type { LinkedBranch, LinkedState } from "../machine/link.ts";
import type { Coroutine, Endpoint, Machine } from "../machine/state.ts";
import type { WaveShape } from "../machine/wave-shape.ts";

/**
 * What a coroutine's next step touches: endpoints and edges of one session, or
 * all of it. Two steps whose footprints are disjoint commute.
 */
export interface Footprint {
  readonly sid: number;
  readonly keys: readonly string[] | "session";
  /** Steps it covers: more than one for a fan-out over edges marked `parallel`. */
  readonly steps: number;
}

/** Instructions that touch nothing but their own coroutine and one edge. */
const LOCAL: ReadonlySet<Instruction["kind"]> = new Set([
  "send",
  "receive",
  "offer",
  "choose",
  "invoke",
  "jump",
  "halt",
  "decide",
  "tag",
  "check",
  "set",
  "move",
  "yield",
]);

const endpointOf = (coroutine: Coroutine, machine: Machine, register: number): Endpoint | undefined => {
  const value = coroutine.regs[register];
  if (value?.kind !== "endpoint") return undefined;
  return coroutine.owned.find(
    (endpoint) => endpoint.sid === value.sid && machine.image.roles[endpoint.role] === value.role,
  );
};

/** Whether the author said that this edge may leave together with its neighbours. */
const isParallel = (branch: LinkedBranch): boolean =>
  branch.annotations.some(({ key, value }) => key === "parallel" && value === "true");

const stateOf = (machine: Machine, endpoint: Endpoint, type: number): LinkedState | undefined =>
  machine.linked.programs[endpoint.role]?.linked[type];

/** The edges of a run of sends marked `parallel`, each edge once, at most `max`. */
const fanOut = (machine: Machine, endpoint: Endpoint, max: number): readonly number[] => {
  const edges: number[] = [];
  let state = stateOf(machine, endpoint, endpoint.type);
  while (state?.kind === "send" && state.branches.length === 1 && edges.length < max) {
    const branch = state.branches[0];
    if (branch === undefined || !isParallel(branch) || edges.includes(branch.edge)) break;
    edges.push(branch.edge);
    state = stateOf(machine, endpoint, branch.next);
  }
  return edges;
};

/** The footprint of a coroutine's next step; `max` bounds how far a fan-out reaches. Reads only. */
export const footprintOf = (
  machine: Machine,
  coroutine: Coroutine,
  shape: WaveShape,
  max: number,
): Footprint => {
  const { sid } = coroutine;
  const instruction = machine.linked.programs[coroutine.role]?.code[coroutine.pc];
  const whole: Footprint = { sid, keys: "session", steps: 1 };
  if (!shape.widening || instruction === undefined || !LOCAL.has(instruction.kind)) return whole;
  const keys = coroutine.owned.map(({ role, path }) => `${role}/${path}`);
  if (!("chan" in instruction)) return { sid, keys, steps: 1 };
  const endpoint = endpointOf(coroutine, machine, instruction.chan);
  const state = endpoint && stateOf(machine, endpoint, endpoint.type);
  if (endpoint === undefined || state === undefined) return whole;
  const fan = instruction.kind === "send" ? fanOut(machine, endpoint, max) : [];
  const edges = fan.length > 1 ? fan : state.branches.map(({ edge }) => edge);
  return { sid, keys: [...keys, ...edges.map((edge) => `>${edge}`)], steps: Math.max(1, fan.length) };
};

/** Whether two footprints have anything in common. */
export const overlap = (a: Footprint, b: Footprint): boolean => {
  if (a.sid !== b.sid) return false;
  const { keys } = b;
  if (a.keys === "session" || keys === "session") return true;
  return a.keys.some((key) => keys.includes(key));
};
