import type { Hash } from "../hash.ts";
import type { AuthorityInput } from "./authority-input.ts";
import type { CeremonyInput } from "./ceremony-input.ts";
import type { ContextInput } from "./context-input.ts";
import type { DeclaredFactType } from "./declared-fact-type.ts";
import type { ReconfigurationInput } from "./reconfiguration-input.ts";
import type { ServicesInput } from "./services-input.ts";
import type { Value } from "./value.ts";

/** Where a seat's decision or payload applies: that endpoint's step, so a late click never decides the next lap (model §2.4). */
export interface StepRef {
  readonly seat: string;
  /** Arm path of a parallel child (`""` for the role itself). */
  readonly endpoint: string;
  /** How many protocol instructions that endpoint has completed. */
  readonly step: number;
}

export type Drive = "manual" | "eager";
export type ClockMode = "real" | "manual";

/**
 * What decides and pays where no person does: `first` label, seeded `random`,
 * `roundRobin`, or the rows of the session's `script` and, where none fits, an
 * input; `ask` always waits for an input.
 */
export type DecisionPolicy = "ask" | "first" | "random" | "roundRobin" | "script";

/**
 * What a script says of one kind of question. `role` names a role, or a family
 * and with it every member; `nth` (from 0) one occurrence, else it stands for
 * all; `delay` is how long after it is asked it answers (session time, ms; on
 * a manual clock only). The first row that fits answers.
 */
interface ScriptRow {
  readonly role: string;
  readonly nth?: number;
  readonly delay?: number;
}

/** A run written down: what roles decide and say, and where they fail. */
export interface SessionScript {
  readonly name: string;
  /** `take` is a label, or the name of an arm. */
  readonly decide: readonly (ScriptRow & { readonly take: string })[];
  /** `value` in the plainest form of the message's type: JSON text of one that is opaque. */
  readonly payload: readonly (ScriptRow & {
    readonly message: string;
    readonly value: string | number | boolean;
  })[];
  /** The role faults instead of sending (or, without a message, whatever it would say next). */
  readonly fail: readonly {
    readonly role: string;
    readonly message?: string;
    readonly nth?: number;
    readonly reason: string;
  }[];
}

/** How a session was asked to run where that is not the default, and what was made of it (spec/aura-runtime.md §5, §7). */
export interface SessionExecution {
  readonly scheduler?: {
    /** What the opening said: `auto`, or a scheduler. */
    readonly asked: string;
    /** The scheduler's full name. */
    readonly used: string;
    readonly why: string;
    readonly protocolClass: string;
    readonly weight: number;
    readonly guardSlots: number;
    readonly signals: {
      readonly guardContention: number;
      readonly flowPressure: number;
      readonly leakagePressure: number;
    };
  };
  /** Set where a threaded policy runs as waves. */
  readonly waves?: { readonly mode: string; readonly envelope: string; readonly width: number };
  /** The hardening profile that was asked for. */
  readonly profile?: string;
  /** The parity profile that was asked for. */
  readonly parity?: string;
}

/** The runtime a session was admitted on, and what was asked for beside what it is run as. */
export interface SessionRuntime {
  /** Name of the runtime profile. */
  readonly profile: string;
  /** Keys of a full runtime that it does not have, in code point order; absent where it has them all. */
  readonly lacks?: readonly string[];
  /** The backend label that was asked for, if one was, and the one it runs on. */
  readonly backend: { readonly asked?: string; readonly ran: string };
  /** The policy the opener named, if one was, and the one the manifest names. */
  readonly policy: { readonly asked?: string; readonly named: string };
}

/** Who sits in a seat: an authority's device. */
export interface SeatBinding {
  readonly role: string;
  readonly authority: string;
  readonly device: string;
}

/** Entry 0 of a session: everything its meaning depends on (model §1.4). */
export interface SessionPin {
  readonly kind: "open";
  readonly stream: string;
  readonly title: string;
  readonly semantics: number;
  readonly protocol: string;
  readonly version: Hash;
  readonly image: Hash;
  /** Canonical bytes of the code image. */
  readonly imageBytes: Uint8Array;
  readonly families: { readonly [family: string]: number };
  readonly names: { readonly [name: string]: number };
  readonly seats: readonly SeatBinding[];
  readonly policy: string;
  readonly decisions: DecisionPolicy;
  readonly config: { readonly [key: string]: unknown };
  readonly seed: string;
  readonly clock: ClockMode;
  readonly drive: Drive;
  /** Absent where nothing but the default was asked for. */
  readonly execution?: SessionExecution;
  readonly script?: SessionScript;
  /** Absent in sessions of before there were runtime profiles: they ran on everything. */
  readonly runtime?: SessionRuntime;
}

/** Entry 0 of a what-if: the prefix is read through the parent (model §1.6). */
export interface ForkPin {
  readonly kind: "fork";
  readonly stream: string;
  readonly title: string;
  readonly parent: string;
  readonly at: number;
  readonly parentHash: Hash;
  readonly commit: number;
}

/** What can be asked of a session (model §2.3). */
export type SessionInput =
  | SessionPin
  | ForkPin
  /** Rounds up to and including the next protocol event, at most `max` of them; the entry records how many ran. */
  | { readonly kind: "advance"; readonly max?: number }
  | ({ readonly kind: "decide"; readonly label: string } & StepRef)
  | ({ readonly kind: "payload"; readonly value: Value } & StepRef)
  | { readonly kind: "timer"; readonly id: string }
  | { readonly kind: "clock"; readonly at: number }
  | {
      readonly kind: "inject";
      readonly from: string;
      readonly to: string;
      readonly label: string;
      readonly value: Value;
    }
  | { readonly kind: "topology"; readonly event: { readonly [key: string]: unknown } }
  | { readonly kind: "pause" | "resume"; readonly role: string }
  /** Cancels the session, or with `scope` (the id of a running timer) one timeout scope that handles it. */
  | { readonly kind: "cancel"; readonly reason: string; readonly scope?: string }
  | { readonly kind: "delegate"; readonly detail: { readonly [key: string]: unknown } }
  | { readonly kind: "upgrade"; readonly semantics: number; readonly snapshot: Uint8Array }
  | { readonly kind: "close" };

/** A text that a version imports, as it was when the version was saved. */
export interface PinnedImport {
  /** The name it is imported by. */
  readonly module: string;
  readonly protocol: string;
  readonly version: Hash;
  readonly source: string;
}

/** What can be asked of the workspace: the registry of protocols and sessions. */
export type WorkspaceInput =
  | CeremonyInput
  | ReconfigurationInput
  | ServicesInput
  | { readonly kind: "workspace.created"; readonly stream: string; readonly seed: string }
  | {
      readonly kind: "protocol.created";
      readonly id: string;
      readonly name: string;
      readonly origin: "catalogue" | "mine";
      readonly namespace?: string;
    }
  | { readonly kind: "protocol.renamed"; readonly id: string; readonly name: string }
  /**
   * An immutable version; `label` is the name a person gave it, if any.
   * `imports` holds every module it reaches, each once, by name; absent when it
   * reaches none. A module that was not there is not in it either, for good.
   */
  | {
      readonly kind: "protocol.versioned";
      readonly id: string;
      readonly version: Hash;
      readonly source: string;
      readonly label?: string;
      readonly imports?: readonly PinnedImport[];
    }
  /** The operation category picked for a protocol whose page declares none; absent takes it back. */
  | { readonly kind: "protocol.categorised"; readonly id: string; readonly category?: "A" | "B" | "C" }
  /** Hidden, never deleted: sessions may pin it (model §3 Ids). `restored` undoes it. */
  | { readonly kind: "protocol.hidden" | "protocol.restored"; readonly id: string }
  | {
      readonly kind: "session.registered";
      readonly id: string;
      readonly protocol: string;
      readonly version: Hash;
      readonly parent?: string;
      readonly at?: number;
    }
  /** A scenario of a protocol under a name of its own: new, or with a new text. */
  | {
      readonly kind: "scenario.saved";
      readonly protocol: string;
      readonly name: string;
      readonly text: string;
    }
  /** Out of sight, its last text kept. `restored` undoes it. */
  | {
      readonly kind: "scenario.deleted" | "scenario.restored";
      readonly protocol: string;
      readonly name: string;
    }
  /** A runtime profile under a name of its own: a base, and the keys that differ from it. */
  | {
      readonly kind: "profile.saved";
      readonly name: string;
      readonly base: "full" | "none";
      readonly keys: Readonly<Record<string, boolean>>;
    }
  | { readonly kind: "profile.deleted"; readonly name: string }
  /** A type of fact of one's own, or a later version of one. */
  | { readonly kind: "factType.declared"; readonly definition: DeclaredFactType }
  /** The registry of user protocols the admission reads (design §7). */
  | {
      readonly kind: "protocol.registered";
      readonly protocolId: string;
      readonly class: string;
      readonly budget: number;
      readonly policy: string;
    }
  /** What findings count in the studio, by code; replaces what was set before. */
  | {
      readonly kind: "workspace.configured";
      readonly severities: Readonly<Record<string, "error" | "warning" | "info" | "off">>;
    };

export type StreamInput = SessionInput | WorkspaceInput | AuthorityInput | ContextInput;
