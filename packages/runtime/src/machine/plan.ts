import type { Instruction } from "./code/instruction.ts";
import { ownRequests } from "./own-requests.ts";
import { pick } from "./pick.ts";
import type { Request } from "./request.ts";
import { roleName } from "./round.ts";
import { leaving } from "./scopes.ts";
import type { Coroutine, Endpoint, Machine } from "./state.ts";
import { isCut } from "./topology.ts";
import { wakes } from "./wake.ts";

/**
 * The first half of a round (model §2.2): who runs next and what that needs
 * from outside. It belongs to the state it was made from and is dropped when
 * that has changed.
 */
export interface Plan {
  readonly kind: "run" | "stuck" | "allDone";
  readonly version: number;
  /** The tick the round will have. */
  readonly tick: number;
  /** Who runs; absent unless `kind` is `run`. */
  readonly coroutine?: number;
  /** Where it stands in the queue once `woken` have joined it. */
  readonly position: number;
  readonly woken: readonly Coroutine[];
  readonly requests: readonly Request[];
  /** Set for a step of a wave (`wave.ts`): who was passed over keeps its place. */
  readonly wave?: true;
}

const nothing: readonly never[] = [];

/** Plans the next round. Never changes the machine. */
export const plan = (machine: Machine): Plan => {
  const { version } = machine;
  const tick = machine.tick + 1;
  if (machine.live === 0)
    return { kind: "allDone", version, tick, position: 0, woken: nothing, requests: nothing };
  const woken = wakes(machine, tick);
  const picked = pick(machine, woken, tick);
  if (picked === undefined) return { kind: "stuck", version, tick, position: 0, woken, requests: nothing };
  const { coroutine, position } = picked;
  const requests = requestsOf(machine, coroutine, tick);
  return { kind: "run", version, tick, coroutine: coroutine.id, position, woken, requests };
};

/** The endpoint an instruction acts on, as far as it can be told without running it. */
const endpointOf = (machine: Machine, coroutine: Coroutine, chan: number): Endpoint | undefined => {
  const value = coroutine.regs[chan];
  if (value?.kind !== "endpoint") return undefined;
  return coroutine.owned.find(
    (endpoint) => endpoint.sid === value.sid && machine.image.roles[endpoint.role] === value.role,
  );
};

/** What the coroutine's next instruction needs from outside, were it run now. */
export const requestsOf = (
  machine: Machine,
  coroutine: Coroutine,
  tick: number = machine.tick + 1,
): readonly Request[] => {
  // Who has to leave a scope asks for nothing.
  if (machine.linked.scoped && leaving(machine, coroutine) !== undefined) return nothing;
  const instruction = machine.linked.programs[coroutine.role]?.code[coroutine.pc];
  switch (instruction?.kind) {
    case "perform":
    case "decide":
      return ownRequests(machine, coroutine);
    case "send":
      return sendRequests(machine, coroutine, instruction, tick);
    case "offer":
      return offerRequests(machine, coroutine, instruction);
    case "acquire":
    case "release":
      return [
        {
          kind: "effect",
          name: instruction.kind,
          role: roleName(machine, coroutine.role),
          layer: instruction.layer,
        },
      ];
    default:
      return nothing;
  }
};

/** A send that cannot leave now asks for nothing: its round blocks before any guard could be charged. */
const sendRequests = (
  machine: Machine,
  coroutine: Coroutine,
  instruction: Extract<Instruction, { kind: "send" }>,
  tick: number,
): readonly Request[] => {
  const endpoint = endpointOf(machine, coroutine, instruction.chan);
  const state = endpoint && machine.linked.programs[endpoint.role]?.linked[endpoint.type];
  const branch = state?.branches[0];
  if (endpoint === undefined || state?.kind !== "send" || branch === undefined) return nothing;
  const edge = machine.sessions.get(endpoint.sid)?.edges[branch.edge];
  if (edge === undefined) return nothing;
  const { mode, full } = machine.config.buffers;
  if (mode === "fifo" && full.kind === "block" && edge.frames.length >= edge.capacity) return nothing;
  if (isCut(machine, roleName(machine, endpoint.role), branch.peer, tick)) return nothing;
  if (!branch.needsPayload) return branch.guardOnly;
  const payload: Request = {
    kind: "payload",
    role: roleName(machine, endpoint.role),
    endpoint: endpoint.path,
    step: endpoint.step,
    label: branch.label,
    type: branch.type,
    typeText: branch.payload,
    edgeId: branch.edgeId,
  };
  return [payload, ...branch.guardOnly];
};

const offerRequests = (
  machine: Machine,
  coroutine: Coroutine,
  instruction: Extract<Instruction, { kind: "offer" }>,
): readonly Request[] => {
  const endpoint = endpointOf(machine, coroutine, instruction.chan);
  const state = endpoint && machine.linked.programs[endpoint.role]?.linked[endpoint.type];
  if (endpoint === undefined || state?.kind !== "send") return nothing;
  return [
    {
      kind: "decision",
      role: roleName(machine, endpoint.role),
      endpoint: endpoint.path,
      step: endpoint.step,
      options: state.options,
    },
  ];
};
