import type { Predicate } from "../observe/predicate.ts";
import type { Fixed } from "./fixed.ts";

/** A number of ticks; a tick is one round and 1 ms of session time. */
export type Ticks = number;

/** When something happens (spec/simulation.md §3.5). Each fires at most once. */
export type Trigger =
  | { readonly kind: "immediate" }
  | { readonly kind: "atTick"; readonly tick: Ticks }
  | { readonly kind: "afterStep"; readonly step: number }
  | { readonly kind: "random"; readonly probability: Fixed }
  | {
      readonly kind: "onEvent";
      readonly event: EventKind;
      readonly role: string | undefined;
      readonly message: string | undefined;
    };

export const eventKinds = ["sent", "received", "opened", "closed", "invoked", "halted", "faulted"] as const;
export type EventKind = (typeof eventKinds)[number];

/** Which messages something is about; what is left out matches all. */
export interface MessageFilter {
  readonly from?: string;
  readonly to?: string;
  readonly message?: string;
}

export type Corruption = "tamper" | "bitFlip" | "truncation" | "payloadErase";

/** What a link says; absent fields fall back to the network's own. */
export interface LinkPolicy {
  readonly from: string;
  readonly to: string;
  readonly enabled: boolean;
  readonly latency: Ticks | undefined;
  readonly variance: Fixed | undefined;
  readonly loss: Fixed | undefined;
}

export interface NetworkModel {
  readonly latency: Ticks;
  readonly variance: Fixed;
  readonly loss: Fixed;
  /** Chance that a message is held back by `reorderDelay`, so that later ones overtake it. */
  readonly reorder: Fixed;
  readonly reorderDelay: Ticks;
  readonly corrupt: Fixed;
  readonly corruption: Corruption;
  /** Keeps the order of each edge whatever the latency. */
  readonly ordered: boolean;
  readonly links: readonly LinkPolicy[];
}

export type Reconfiguration = {
  readonly id: string;
  readonly trigger: Trigger;
  /** Budget a transition choreography costs; 0 for a pure one. */
  readonly cost: number;
} & (
  | { readonly kind: "link"; readonly link: LinkPolicy }
  | {
      readonly kind: "federation";
      readonly federation: string;
      readonly enabled: boolean;
      readonly groups: readonly (readonly string[])[];
    }
  /** Kept with its footprint; who runs what does not change. */
  | {
      readonly kind: "delegation" | "handoff";
      /** The scope delegated, or the id of the handoff. */
      readonly subject: string;
      readonly from: string;
      readonly to: string;
    }
  | {
      readonly kind: "mode";
      readonly roles: readonly string[];
      readonly from: string;
      readonly to: string;
    }
);

/** Numeric state of roles; see `field.ts`. */
export type Field =
  | {
      readonly layer: "mean_field";
      readonly beta: Fixed;
      readonly initial: readonly Fixed[];
      readonly step: Fixed;
    }
  | {
      readonly layer: "hamiltonian";
      readonly spring: Fixed;
      readonly mass: Fixed;
      readonly positions: readonly Fixed[];
      readonly momenta: readonly Fixed[];
      readonly step: Fixed;
    }
  | {
      readonly layer: "continuum_field";
      readonly coupling: Fixed;
      readonly initial: readonly Fixed[];
      readonly step: Fixed;
    };

export type AdversaryAction =
  | { readonly kind: "withholding" }
  | { readonly kind: "timing"; readonly ticks: Ticks }
  | { readonly kind: "corruption"; readonly how: Corruption }
  | { readonly kind: "crash"; readonly role: string; readonly duration: Ticks | undefined }
  | {
      readonly kind: "byzantine";
      readonly withholding: Fixed;
      readonly corruption: Fixed;
      readonly delay: Ticks | undefined;
    }
  /** Another message in the place of the one that was sent. */
  | {
      readonly kind: "substitution";
      readonly label: string | undefined;
      readonly payload: ScriptValue | undefined;
    };

export type BudgetMode =
  | { readonly kind: "activation" }
  | { readonly kind: "independent"; readonly probability: Fixed }
  | { readonly kind: "windowed"; readonly window: Ticks; readonly quota: number }
  | { readonly kind: "correlated"; readonly probability: Fixed; readonly burst: Ticks };

export const assumptionFailures = [
  "quorum_intersection_failure",
  "authentication_evidence_failure",
  "fairness_failure",
  "budget_exhaustion",
  "unsupported_regime",
] as const;
export type AssumptionFailure = (typeof assumptionFailures)[number];

export interface Adversary {
  readonly id: string;
  readonly trigger: Trigger;
  readonly action: AdversaryAction;
  readonly filter: MessageFilter;
  readonly total: number;
  readonly mode: BudgetMode;
  readonly failure: AssumptionFailure;
}

/** A value as a scenario writes it; the message's declared type says what it becomes. */
export type ScriptValue = string | bigint | boolean;

export interface DecideRow {
  readonly role: string;
  readonly take: string;
  readonly nth: number | undefined;
}

export interface PayloadRow {
  readonly role: string;
  readonly message: string;
  readonly nth: number | undefined;
  readonly value: ScriptValue;
}

/** One fault of one message, by its number on its edge: what minimisation writes, free of chance. */
export interface FaultRow {
  readonly from: string;
  readonly to: string;
  readonly nth: number;
  readonly action:
    | { readonly kind: "drop" }
    | { readonly kind: "delay"; readonly ticks: Ticks }
    | { readonly kind: "corrupt"; readonly how: Corruption }
    | {
        readonly kind: "replace";
        readonly label: string | undefined;
        readonly payload: ScriptValue | undefined;
      };
}

/** A property a run is watched for (spec/simulation.md §8). */
export type Property =
  | { readonly kind: "noFaults"; readonly name: string }
  | { readonly kind: "bufferBound"; readonly name: string; readonly sid: number; readonly max: number }
  | { readonly kind: "sendReceive"; readonly name: string; readonly sid: number; readonly bound: number }
  | { readonly kind: "monotonic"; readonly name: string; readonly sid: number }
  | {
      readonly kind: "always" | "never" | "eventually";
      readonly name: string;
      readonly predicate: Predicate;
      readonly path: string;
    }
  | {
      readonly kind: "liveness";
      readonly name: string;
      readonly precondition: Predicate;
      readonly goal: Predicate;
      readonly bound: number;
      readonly path: string;
    };

export const outcomes = ["completed", "stuck", "faulted", "limit"] as const;
/** How a run ended: everybody done, nobody able to go on, done but with faults, or the steps used up. */
export type RunEnd = (typeof outcomes)[number];

/** What a saved test demands of its run; an absent part demands nothing. */
export interface Expectation {
  readonly outcome: RunEnd | undefined;
  /** Names of the properties that are violated, in any order; absent asks for none. */
  readonly violations: readonly string[];
  /** Predicates that hold at the end. */
  readonly holds: readonly {
    readonly text: string;
    readonly predicate: Predicate;
    readonly path: string;
  }[];
}

export const schedulers = [
  "auto",
  "cooperative",
  "round_robin",
  "priority_aging",
  "priority_token_weighted",
  "progress_aware",
] as const;
export type Scheduler = (typeof schedulers)[number];

export const schedulerProfiles = ["auto", "canonical_exact", "threaded_exact", "threaded_envelope"] as const;
export const envelopeProfiles = [
  "auto",
  "exact",
  "protocol_machine_envelope_adherence",
  "protocol_machine_envelope_admission",
  "none",
] as const;
export const assumptionBundles = [
  "auto",
  "fault_free_transport",
  "observed_transport",
  "partial_synchrony",
  "byzantine_envelope",
] as const;

/** What the author declares about a run; it never changes one. */
export interface DeclaredProfile {
  readonly scheduler: (typeof schedulerProfiles)[number];
  readonly envelope: (typeof envelopeProfiles)[number];
  readonly bundle: (typeof assumptionBundles)[number];
}

export const policies = ["first", "random", "round_robin", "script"] as const;
/** Who decides where no row of the script does; `script` leaves it undecided. */
export type Policy = (typeof policies)[number];

/** A run written down, checked and typed. */
export interface Scenario {
  readonly name: string;
  readonly title: string | undefined;
  /** The roles it was written for; empty where it does not say. */
  readonly roles: readonly string[];
  readonly families: { readonly [family: string]: number };
  readonly names: { readonly [name: string]: number };
  /** At most `steps - 1` rounds run. */
  readonly steps: number;
  readonly seed: bigint;
  readonly scheduler: Scheduler;
  readonly policy: Policy;
  readonly network: NetworkModel | undefined;
  readonly field: Field | undefined;
  readonly reconfigurations: readonly Reconfiguration[];
  readonly adversaries: readonly Adversary[];
  readonly faults: readonly FaultRow[];
  readonly decide: readonly DecideRow[];
  readonly payload: readonly PayloadRow[];
  readonly properties: readonly Property[];
  readonly checkpointInterval: number | undefined;
  readonly profile: DeclaredProfile;
  readonly expect: Expectation | undefined;
  /** Opaque to the simulator. */
  readonly extensions: { readonly [namespace: string]: unknown };
}
