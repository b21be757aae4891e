import type { MachineEvent } from "@parley/wire";
import type { Frame } from "../machine/frame-queue.ts";
import type { FramePlace } from "../machine/in-flight.ts";
import type { Machine } from "../machine/state.ts";
import { type FieldSample, type FieldState, startField } from "./field.ts";
import type { Fixed } from "./fixed.ts";
import type { Incident } from "./incident.ts";
import type { LinkPolicy, Scenario } from "./scenario.ts";
import { type Dice, diceOf, fork, type Rng, rngOf } from "./sim-rng.ts";

/** An event with the round and the session time (ms) it happened in. */
export interface SimulatedEvent {
  /** The round, from 1; 0 is before any. */
  readonly seq: number;
  readonly at: number;
  readonly event: MachineEvent;
}

/** A decision as it was made: enough to make it again. */
export interface MadeDecision {
  readonly role: string;
  readonly nth: number;
  readonly take: string;
  readonly by: "script" | "policy";
}

/** A message in the network's or an adversary's hands. */
export interface InFlight {
  readonly due: number;
  /** Held by an adversary: the network is still before it. */
  readonly held: boolean;
  readonly place: FramePlace;
  readonly frame: Frame;
  readonly sentAt: number;
}

export interface AdversaryState {
  readonly activated: boolean;
  readonly spent: number;
  readonly window: number;
  readonly inWindow: number;
  /** Tick at which the running burst ends. */
  readonly burstUntil: number;
  /** Of a crash: the tick its role runs again, `null` for never. */
  readonly crashUntil: number | null;
}

/** What a monitor remembers between rounds. */
export interface MonitorState {
  readonly reported: boolean;
  readonly armed: boolean;
  readonly count: number;
  /** Unmatched sends: `from\u0000to\u0000label` and the session-local moment. */
  readonly open: readonly (readonly [key: string, at: number])[];
}

export const streams = ["adversary", "reconfiguration", "network", "policy"] as const;
export type Stream = (typeof streams)[number];

/**
 * Everything of a run beside the machine. All values in it are immutable, save
 * the two maps of counts: `copyState` makes a checkpoint.
 */
export interface SimState {
  /** Session time in ms and ticks. */
  clock: number;
  rounds: number;
  rng: { readonly [stream in Stream]: Rng };
  /** Events triggers have not seen yet. */
  fresh: readonly MachineEvent[];
  adversaries: readonly AdversaryState[];
  fired: readonly boolean[];
  /** Links set by reconfigurations; they replace the static ones. */
  links: readonly LinkPolicy[];
  federations: readonly { readonly name: string; readonly groups: readonly (readonly string[])[] }[];
  inFlight: readonly InFlight[];
  /** Numbers of roles, in the order of `fieldRoles`; empty without a field. */
  field: readonly FieldState[];
  /** Numbers on their way with messages: `from>to#seq`. */
  carried: readonly (readonly [message: string, values: readonly Fixed[]])[];
  /** Latest due time by edge, for ordered networks. */
  lastDue: { readonly [edge: string]: number };
  crashed: readonly string[];
  readonly counts: Map<string, number>;
  /** How often each question of the script was answered. */
  readonly asked: Map<string, number>;
  /** Rows of the script that had something to say: `decide[0]`. */
  readonly used: Set<string>;
  monitors: readonly MonitorState[];
}

/** A run under way. */
export interface Sim {
  readonly scenario: Scenario;
  readonly machine: Machine;
  readonly state: SimState;
  readonly trace: SimulatedEvent[];
  readonly incidents: Incident[];
  readonly decisions: MadeDecision[];
  readonly samples: FieldSample[];
  readonly dice: { readonly [stream in Stream]: Dice };
}

const idle: AdversaryState = {
  activated: false,
  spent: 0,
  window: -1,
  inWindow: 0,
  burstUntil: 0,
  crashUntil: 0,
};

const fresh: MonitorState = { reported: false, armed: false, count: 0, open: [] };

/** The streams are forked in this order; the policy's is Parley's own, after the reference's three. */
const streamsOf = (seed: bigint): SimState["rng"] => {
  const [adversary, one] = fork(rngOf(seed));
  const [reconfiguration, two] = fork(one);
  const [network, three] = fork(two);
  return { adversary, reconfiguration, network, policy: fork(three)[0] };
};

/** The state before the first round. */
export const startState = (scenario: Scenario, roles: readonly string[]): SimState => ({
  clock: 0,
  rounds: 0,
  rng: streamsOf(scenario.seed),
  fresh: [],
  adversaries: scenario.adversaries.map(() => idle),
  fired: scenario.reconfigurations.map(() => false),
  links: [],
  federations: [],
  inFlight: [],
  field: startField(scenario.field, roles),
  carried: [],
  lastDue: {},
  crashed: [],
  counts: new Map(),
  asked: new Map(),
  used: new Set(),
  monitors: scenario.properties.map(() => fresh),
});

/** A state that goes its own way from here. */
export const copyState = (state: Readonly<SimState>): SimState => ({
  ...state,
  counts: new Map(state.counts),
  asked: new Map(state.asked),
  used: new Set(state.used),
});

/** Dice whose generators live in the state. */
export const diceFor = (state: SimState): Sim["dice"] => {
  const of = (stream: Stream): Dice =>
    diceOf(
      () => state.rng[stream],
      (rng) => {
        state.rng = { ...state.rng, [stream]: rng };
      },
    );
  return {
    adversary: of("adversary"),
    reconfiguration: of("reconfiguration"),
    network: of("network"),
    policy: of("policy"),
  };
};
