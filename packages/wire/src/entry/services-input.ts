import type { Hash } from "../hash.ts";
import type { HandoffStage } from "./handoff-stage.ts";
import type { ClockMode, SeatBinding } from "./input.ts";

/** One protocol run inside another run; its session is a child of the composition. */
export interface Phase {
  /** Names its result for later phases. */
  readonly name: string;
  /** The protocol, by id. */
  readonly protocol: string;
  /** Earlier results it needs, by phase. */
  readonly uses: readonly string[];
  /** A protocol that undoes what it did, should a later phase fail. */
  readonly undo?: string;
  /** How its session is opened. */
  readonly open?: PhaseOpening;
}

/** What an opening of a phase's session says beside its protocol. */
export interface PhaseOpening {
  readonly seats?: readonly SeatBinding[];
  readonly families?: { readonly [family: string]: number };
  readonly names?: { readonly [name: string]: number };
  readonly decisions?: "ask" | "first" | "random" | "roundRobin";
  readonly clock?: ClockMode;
  readonly grant?: "none" | "declared";
}

/** Something done between protocols, by the runtime itself. */
export type ProgramEffect =
  | { readonly kind: "ValidateCapability"; readonly capability: string; readonly role: string }
  | { readonly kind: "LogEvent"; readonly event: string };

export type ProgramStep =
  | { readonly kind: "effect"; readonly effect: ProgramEffect }
  | { readonly kind: "phase"; readonly phase: Phase };

/** Protocols put together: one after the other, side by side under a timeout, or as a program of both and effects. */
export type Composition =
  | { readonly kind: "sequential"; readonly name: string; readonly phases: readonly Phase[] }
  | {
      readonly kind: "parallel";
      readonly name: string;
      readonly phases: readonly Phase[];
      /** ms. */
      readonly timeout: number;
    }
  | { readonly kind: "program"; readonly name: string; readonly steps: readonly ProgramStep[] };

/** What a phase ended with: the value later phases use. */
export type PhaseResult = { readonly [field: string]: unknown };

/** What happened to a composition; every one an entry of its log. */
export type CompositionEvent =
  | { readonly kind: "started"; readonly phase: string; readonly session: string }
  | { readonly kind: "completed"; readonly phase: string; readonly result: PhaseResult }
  | { readonly kind: "failed"; readonly phase: string; readonly cause: string }
  | { readonly kind: "cancelled"; readonly phase: string }
  | { readonly kind: "effect"; readonly step: number; readonly ok: boolean; readonly cause?: string }
  | { readonly kind: "timeout" }
  /** Of a composition that failed: a completed phase is being undone by a session of its own, and was or could not be. */
  | { readonly kind: "undoing"; readonly phase: string; readonly session: string }
  | { readonly kind: "undone"; readonly phase: string; readonly ok: boolean; readonly cause?: string };

export type MigrationError =
  | { readonly code: "PAR8701"; readonly variant: "NoPath"; readonly from: number; readonly to: number }
  | {
      readonly code: "PAR8702";
      readonly variant: "ValidationFailed";
      readonly migration: string;
      readonly reason: string;
    }
  | {
      readonly code: "PAR8703";
      readonly variant: "ExecutionFailed";
      readonly migration: string;
      readonly reason: string;
    }
  | {
      readonly code: "PAR8704";
      readonly variant: "AlreadyRunning";
      readonly from: number;
      readonly to: number;
    }
  | {
      readonly code: "PAR8705";
      readonly variant: "Diverged";
      readonly migration: string;
      readonly reason: string;
    };

/** What is journaled of a migration's run, in order; the run is its fold. */
export type MigrationEvent =
  | {
      readonly kind: "planned";
      readonly from: number;
      readonly to: number;
      readonly path: readonly string[];
      /** The last commit whose facts it is about; those of later ones are written as the schema then stands. */
      readonly before?: number;
    }
  | { readonly kind: "validated"; readonly migration: string }
  /** `digest` names the state it gave, so that giving it again can be checked. */
  | {
      readonly kind: "executed";
      readonly migration: string;
      readonly version: number;
      readonly changed: number;
      readonly digest: string;
    }
  | { readonly kind: "failed"; readonly migration: string; readonly error: MigrationError }
  | { readonly kind: "done"; readonly version: number };

/** Two votes of one witness in one agreement upon one prestate, for different results. */
export interface EquivocationEvidence {
  readonly witness: string;
  readonly consensus: Hash;
  readonly prestate: Hash;
  readonly first: Hash;
  readonly second: Hash;
  /** Session time, ms, at which it was found. */
  readonly at: number;
}

/** What can be asked of compositions and migrations, and what was refused; entries of the workspace stream. */
export type ServicesInput =
  | { readonly kind: "composition.started"; readonly id: string; readonly composition: Composition }
  | { readonly kind: "composition.stepped"; readonly id: string; readonly event: CompositionEvent }
  /** `subject` names what is migrated: facts of which kind. */
  | { readonly kind: "migration.stepped"; readonly subject: string; readonly event: MigrationEvent }
  /** Something was refused: that it was tried is all that is kept of it. */
  | {
      readonly kind: "audit.refused";
      readonly what: string;
      readonly subject: string;
      readonly code: string;
      readonly variant: string;
      readonly detail: string;
      /** Where it shows that somebody said two things. */
      readonly evidence?: EquivocationEvidence;
      /** Of a handoff that was made to fail on request: where. */
      readonly injected?: HandoffStage;
    };
