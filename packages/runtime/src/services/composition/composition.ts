import type { Composition, Phase, ProgramEffect, ProgramStep } from "@parley/wire";
export type CompositionProblem =
  | { readonly code: "PAR8811"; readonly variant: "DuplicatePhase"; readonly phase: string }
  | {
      readonly code: "PAR8812";
      readonly variant: "UnknownResult";
      readonly phase: string;
      readonly uses: string;
    }
  | { readonly code: "PAR8813"; readonly variant: "Empty"; readonly composition: string };

export const phasesOf = (composition: Composition): readonly Phase[] =>
  composition.kind === "program"
    ? composition.steps.flatMap((step) => (step.kind === "phase" ? [step.phase] : []))
    : composition.phases;

/**
 * Why a composition cannot run: no phase, two of one name, or a phase that
 * uses what does not come before it. Beside each other phases have no results
 * of one another.
 */
export const compositionProblem = (composition: Composition): CompositionProblem | undefined => {
  const phases = phasesOf(composition);
  if (phases.length === 0) return { code: "PAR8813", variant: "Empty", composition: composition.name };
  const before = new Set<string>();
  for (const { name, uses } of phases) {
    if (before.has(name)) return { code: "PAR8811", variant: "DuplicatePhase", phase: name };
    const missing = uses.find((one) => composition.kind === "parallel" || !before.has(one));
    if (missing !== undefined)
      return { code: "PAR8812", variant: "UnknownResult", phase: name, uses: missing };
    before.add(name);
  }
  return undefined;
};

/** A program under construction; every call makes a new one. */
export interface ProgramBuilder {
  ext(effect: ProgramEffect): ProgramBuilder;
  then(phase: Phase): ProgramBuilder;
  end(): Extract<Composition, { readonly kind: "program" }>;
}

const builder = (name: string, steps: readonly ProgramStep[]): ProgramBuilder => ({
  ext: (effect) => builder(name, [...steps, { kind: "effect", effect }]),
  // biome-ignore lint/suspicious/noThenProperty: the guide's own name of the step
  then: (phase) => builder(name, [...steps, { kind: "phase", phase }]),
  end: () => ({ kind: "program", name, steps }),
});

/**
 * Builds effect programs.
 *
 * @example
 * Program.new("join").ext({ kind: "ValidateCapability", capability: "chat:message:send", role: "Client" })
 *   .then(exchange).then(session).ext({ kind: "LogEvent", event: "joined" }).end()
 */
export const Program = { new: (name: string): ProgramBuilder => builder(name, []) };
