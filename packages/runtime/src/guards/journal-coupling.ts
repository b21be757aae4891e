import type { EffectCommand } from "./effect-command.ts";

/**
 * When the facts of an operation land: `pessimistic` after it succeeded, as
 * every send does; `optimistic` before it, and there they stay, since facts are
 * never taken back (spec/aura-state.md §12.5).
 */
export type CouplingMode = "pessimistic" | "optimistic";

/** What an operation does to the journal; each needs the delta it speaks of. */
export type CouplingKind =
  | { readonly kind: "addFacts" }
  | { readonly kind: "refineCapabilities" }
  | { readonly kind: "merge" }
  | { readonly kind: "custom"; readonly name: string };

/** A coupling that names no delta. */
export interface CouplingError {
  readonly code: "PAR7622";
  readonly kind: "coupling-without-delta";
  readonly coupling: CouplingKind["kind"];
}

/** The first coupling that has no delta, or undefined. */
export const checkCouplings = (
  couplings: readonly { readonly coupling: CouplingKind; readonly delta?: readonly string[] }[],
): CouplingError | undefined => {
  const bare = couplings.find(({ delta = [] }) => delta.length === 0);
  return bare && { code: "PAR7622", kind: "coupling-without-delta", coupling: bare.coupling.kind };
};

/** The commands of an allowed request in the order in which they are carried out around its operation. */
export interface CoupledCommands {
  readonly before: readonly EffectCommand[];
  /** Only when the operation succeeded. */
  readonly after: readonly EffectCommand[];
}

/**
 * Splits what the guards ask for around the operation itself: charges always
 * before it, facts and leakage after it, facts before it when optimistic.
 *
 * @example coupleCommands(outcome.effects).after // the facts, once the send went through
 */
export const coupleCommands = (
  effects: readonly EffectCommand[],
  mode: CouplingMode = "pessimistic",
): CoupledCommands => {
  const early = (command: EffectCommand): boolean =>
    command.kind === "appendJournal" ? mode === "optimistic" : command.kind !== "recordLeakage";
  return { before: effects.filter(early), after: effects.filter((command) => !early(command)) };
};
