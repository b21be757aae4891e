import type { BreakingRun } from "@parley/core/diff";
import { stepWords } from "@parley/core/explore";
import { Button } from "../ui/button.tsx";
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
  const last = run.trace.length;
  return (
    <section className="compare-run" aria-label={`The run that breaks for ${run.peer}`}>
      <h3>The run that breaks</h3>
      <p>
        {run.peer} keeps to the {age} version, everybody else to the {age === "old" ? "new" : "old"} one
        {run.sizes === "" ? "" : `, with ${run.sizes}`}.
      </p>
      <ol>
        {run.trace.map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the steps of a run are what they are.
          <li key={index}>
            <button
              type="button"
              aria-current={index === at ? "step" : undefined}
              onClick={() => onStep(index)}
            >
              {stepWords(step)}
            </button>
          </li>
        ))}
        <li className="break">
          <button type="button" aria-current={at === last ? "step" : undefined} onClick={() => onStep(last)}>
            <span aria-hidden="true">✗ </span>
            {run.why}
          </button>
        </li>
      </ol>
      <div className="row">
        <Button small disabled={at === 0} onClick={() => onStep(at - 1)}>
          Previous step
        </Button>
        <Button small disabled={at >= last} onClick={() => onStep(at + 1)}>
          Next step
        </Button>
        {onOpen ? (
          <Button small icon="play" disabled={opening} onClick={onOpen}>
            {opening ? "Opening …" : "Open as a session"}
          </Button>
        ) : null}
      </div>
    </section>
  );
};
