import type { BlockReason, Fault, MachineEvent } from "@parley/wire";
import { refusedPredicate } from "./config.ts";
import { faults, typeOfValue } from "./faults.ts";
import type { OutputKind } from "./output-predicates.ts";
import type { Answers } from "./request.ts";
import type { Coroutine, EdgeState, Endpoint, Machine, Session } from "./state.ts";

/** Where events go; an array is one. */
export interface EventSink {
  push(event: MachineEvent): unknown;
}

/** One instruction at work. */
export interface Round {
  readonly machine: Machine;
  readonly coroutine: Coroutine;
  readonly answers: Answers;
  readonly events: EventSink;
}

/** How an instruction ended. One that does not continue has changed nothing (model §2.5). */
export type Step =
  | { readonly kind: "continue" | "yielded" | "halted" }
  | { readonly kind: "blocked"; readonly reason: BlockReason; readonly edge?: EdgeState }
  | { readonly kind: "faulted"; readonly fault: Fault };

export const continued: Step = { kind: "continue" };
export const yielded: Step = { kind: "yielded" };
export const halted: Step = { kind: "halted" };
export const faulted = (fault: Fault): Step => ({ kind: "faulted", fault });

export const roleName = (machine: Machine, role: number): string => machine.image.roles[role] as string;

export const sessionOf = (machine: Machine, sid: number): Session => {
  const session = machine.sessions.get(sid);
  if (session === undefined) throw new Error(`no session ${sid}`);
  return session;
};

const observableKinds: readonly OutputKind[] = ["observable"];

/** Observable output is refused before anything changes, never after. */
export const outputFault = (
  machine: Machine,
  kinds: readonly OutputKind[] = observableKinds,
): Fault | undefined => {
  const { output } = machine.config;
  if (output.kind === "allowAll") return undefined;
  const refused = refusedPredicate(output, kinds);
  return refused === undefined ? undefined : faults.output(refused);
};

/** The step that leaves the round through the output gate, or goes on to `apply`. */
export const gated = (round: Round, apply: () => void, kinds?: readonly OutputKind[]): Step => {
  const refused = outputFault(round.machine, kinds);
  if (refused !== undefined) return faulted(refused);
  apply();
  return continued;
};

/** The endpoint in a register, if this coroutine owns it. */
export const endpointIn = (round: Round, register: number): Endpoint | Fault => {
  const { machine, coroutine } = round;
  const value = coroutine.regs[register];
  if (value === undefined) return faults.registers();
  if (value.kind !== "endpoint")
    return faults.type("expected endpoint register", { Chan: { sid: 0, role: "" } }, typeOfValue(value));
  for (const endpoint of coroutine.owned) {
    if (endpoint.sid === value.sid && machine.image.roles[endpoint.role] === value.role) return endpoint;
  }
  return faults.foreign(value.sid, value.role);
};

export const isFault = (value: Endpoint | Fault): value is Fault => "variant" in value;

/** Marks a coroutine changed, for the hashes. */
export const touch = (machine: Machine, coroutine: Coroutine): void =>
  machine.parts.coroutines.touch(coroutine);

/** An observable of the reference that has no kind of its own. */
export const observe = (round: Round, name: string, fields: { readonly [key: string]: unknown }): void => {
  round.events.push({ kind: "observed", tick: round.machine.tick, name, fields });
};

/** The arm path, where there is one, for an event. */
export const pathOf = (endpoint: Endpoint | undefined): { readonly endpoint?: string } =>
  endpoint === undefined || endpoint.path === "" ? {} : { endpoint: endpoint.path };
