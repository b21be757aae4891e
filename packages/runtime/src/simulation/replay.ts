import type { CodeImage } from "../machine/code/image.ts";
import { type Divergence, firstDifference } from "../trace/compare-traces.ts";
import { resultHash, type SimulationResult } from "./result.ts";
import type { Scenario } from "./scenario.ts";
import type { ScenarioError } from "./scenario-error.ts";
import type { SimulatedEvent } from "./sim-state.ts";
import { simulate } from "./simulate.ts";

export type Replayed =
  | { readonly kind: "equal" }
  /** The first event that differs; none when they agree and something else does. */
  | { readonly kind: "different"; readonly at: Divergence<SimulatedEvent> | undefined }
  | { readonly kind: "refused"; readonly errors: readonly ScenarioError[] };

/** Runs a scenario again and compares it with a result, bit for bit. */
export const replaySimulation = (
  image: CodeImage,
  scenario: Scenario,
  result: SimulationResult,
): Replayed => {
  const again = simulate(image, scenario);
  if (!again.ok) return { kind: "refused", errors: again.errors };
  if (resultHash(again.result) === resultHash(result)) return { kind: "equal" };
  return { kind: "different", at: firstDifference(result.trace, again.result.trace) };
};
