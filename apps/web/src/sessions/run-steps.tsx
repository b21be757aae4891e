import { stepWords, type TraceStep } from "@parley/core/explore";
import type { ReactNode } from "react";
import { Button } from "../ui/button.tsx";
import "./run-steps.css";

interface RunStepsProps {
  readonly trace: readonly TraceStep[];
  /** What the run comes to, as its last line. */
  readonly end: string;
  readonly bad: boolean;
  /** The step looked at; as many as there are steps means its end. */
  readonly at: number;
  readonly onStep: (at: number) => void;
  /** Opens a session at the end; absent when there is nothing to open. */
  readonly onOpen?: (() => void) | undefined;
  readonly opening: boolean;
  readonly children?: ReactNode;
}

/** A run, step by step: a step is looked at by a click or by the two buttons. */
export const RunSteps = ({ trace, end, bad, at, onStep, onOpen, opening, children }: RunStepsProps) => {
  const last = trace.length;
  return (
    <div className="run-steps">
      <ol>
        {trace.map((step, index) => (
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
        <li className={bad ? "end bad" : "end"}>
          <button type="button" aria-current={at === last ? "step" : undefined} onClick={() => onStep(last)}>
            {bad ? <span aria-hidden="true">✗ </span> : null}
            {end}
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
        {children}
      </div>
    </div>
  );
};
