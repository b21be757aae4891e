import type { BreakingRun } from "@parley/core/diff";
import { RunSteps } from "../sessions/run-steps.tsx";
import type { Age } from "./compare.ts";

interface BreakingRunProps {
  readonly run: BreakingRun;
  /** The version the one peer keeps to; everybody else keeps to the other. */
  readonly age: Age;
  /** The step looked at; as many as there are steps means the break itself. */
  readonly at: number;
  readonly onStep: (at: number) => void;
  /** Opens a session of everybody else's version at the break; absent when there is no such version to open. */
  readonly onOpen?: (() => void) | undefined;
  readonly opening: boolean;
}

/** The run that breaks, step by step. */
export const BreakingRunView = ({ run, age, at, onStep, onOpen, opening }: BreakingRunProps) => {
  return (
    <section className="compare-run" aria-label={`The run that breaks for ${run.peer}`}>
      <h3>The run that breaks</h3>
      <p>
        {run.peer} keeps to the {age} version, everybody else to the {age === "old" ? "new" : "old"} one
        {run.sizes === "" ? "" : `, with ${run.sizes}`}.
      </p>
      <RunSteps
        trace={run.trace}
        end={run.why}
        bad
        at={at}
        onStep={onStep}
        onOpen={onOpen}
        opening={opening}
      />
    </section>
  );
};
