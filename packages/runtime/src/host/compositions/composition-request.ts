import type { Composition, Phase, PhaseOpening } from "@parley/wire";
import type { OpenSessionRequest, StartCompositionRequest } from "@parley/wire/http";
import { compositionProblem, phasesOf, shippedCompositions } from "../../services/index.ts";
import type { HostCore } from "../core.ts";
import { done, type HostError, type Result, refused } from "../host-error.ts";

/** Plain data, without fields that are there but say nothing. */
const plain = <T>(value: unknown): T => JSON.parse(JSON.stringify(value)) as T;

const withDecisions = (composition: Composition, decisions: PhaseOpening["decisions"]): Composition => {
  if (decisions === undefined) return composition;
  const phase = (one: Phase): Phase => ({ ...one, open: { ...one.open, decisions } });
  return composition.kind === "program"
    ? {
        ...composition,
        steps: composition.steps.map((step) =>
          step.kind === "phase" ? { ...step, phase: phase(step.phase) } : step,
        ),
      }
    : { ...composition, phases: composition.phases.map(phase) };
};

const problemOf = (composition: Composition): HostError | undefined => {
  const problem = compositionProblem(composition);
  switch (problem?.variant) {
    case undefined:
      return undefined;
    case "DuplicatePhase":
      return { code: "PAR8811", kind: "duplicate-phase", phase: problem.phase };
    case "UnknownResult":
      return { code: "PAR8812", kind: "unknown-result", phase: problem.phase, uses: problem.uses };
    case "Empty":
      return { code: "PAR8813", kind: "empty-composition", composition: problem.composition };
  }
};

/** The composition a request asks for, judged: well formed, and every protocol it names is here. */
export const compositionOf = (core: HostCore, request: StartCompositionRequest): Result<Composition> => {
  let composition: Composition;
  if ("shipped" in request) {
    const shipped = shippedCompositions.get(request.shipped);
    if (shipped === undefined)
      return refused({ code: "PAR7001", kind: "not-found", what: "composition", id: request.shipped });
    composition = withDecisions(shipped, request.decisions);
  } else composition = plain<Composition>(request.composition);
  const problem = problemOf(composition);
  if (problem !== undefined) return refused(problem);
  const { protocols } = core.workspace.tentative;
  const named = phasesOf(composition).flatMap(({ protocol, undo }) => [protocol, ...(undo ? [undo] : [])]);
  const missing = named.find((id) => !protocols.has(id));
  return missing === undefined
    ? done(composition)
    : refused({ code: "PAR7001", kind: "not-found", what: "protocol", id: missing });
};

/** How the session of a phase, or of its compensation, is opened; sizes it does not give are those of the catalogue. */
export const openingOf = (
  core: Pick<HostCore, "catalogue">,
  composition: Composition,
  phase: Phase,
  protocol: string,
): OpenSessionRequest => {
  const scenario = core.catalogue.get(protocol)?.scenario;
  const own = protocol === phase.protocol ? phase.open : { ...phase.open, seats: undefined };
  return plain<OpenSessionRequest>({
    protocol,
    title: `${composition.name}: ${protocol === phase.protocol ? phase.name : `undo ${phase.name}`}`,
    families: scenario?.families,
    names: scenario?.names,
    ...(own === undefined ? {} : plain<object>(own)),
  });
};
