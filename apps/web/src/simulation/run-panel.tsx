import type { MessageRow, SequenceModel } from "@parley/core/diagram";
import { type ReactNode, useState } from "react";
import { SequenceView } from "../diagram/sequence-view.tsx";
import { useSelection } from "../selection/selection.ts";
import { Button } from "../ui/button.tsx";
import { Chip } from "../ui/chip.tsx";
import { Icon } from "../ui/icon.tsx";
import { outcomeText } from "./job-words.ts";
import type { RunView } from "./simulation.ts";

interface RunPanelProps {
  readonly run: RunView;
  readonly label: string;
  readonly sequence: SequenceModel | undefined;
  /** Opens a session at the end of the run. */
  readonly onOpen: () => Promise<void>;
  /** Absent where there is nothing to make smaller. */
  readonly onMinimise?: (() => void) | undefined;
  readonly children?: ReactNode;
}

const Monitors = ({ run }: { readonly run: RunView }) =>
  run.monitors.length === 0 ? (
    <p className="sim-note">No property is watched. Insert a monitor to have one.</p>
  ) : (
    <ul className="sim-monitors" aria-label="Monitors">
      {run.monitors.map(({ name, held, details, at }) => (
        <li key={name} className={held ? "ok" : "bad"}>
          <Icon name={held ? "check" : "cross"} size={14} />
          <span>
            <span className="mono">{name}</span>
            {held ? " held" : ` was violated at ${at} ms: ${details}`}
          </span>
        </li>
      ))}
    </ul>
  );

interface StoryProps {
  readonly run: RunView;
  readonly at: number;
  readonly onStep: (at: number) => void;
}

const Story = ({ run, at, onStep }: StoryProps) => (
  <ol className="sim-story" aria-label="Steps of the run">
    {run.story.map(({ at: clock, text, tone }, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the steps of a run are what they are.
      <li key={index} className={tone}>
        <button type="button" aria-current={index === at ? "step" : undefined} onClick={() => onStep(index)}>
          <span className="mono">{clock} ms</span>
          <span>{text}</span>
        </button>
      </li>
    ))}
    {run.more > 0 ? <li className="sim-note">… and {run.more} more steps</li> : null}
  </ol>
);

const Numbers = ({ run }: { readonly run: RunView }) => {
  const { rounds, clock } = run.row;
  const { sent, received, lost, faults } = run.statistics;
  return (
    <p className="sim-note">
      {rounds} rounds, {clock} ms; {sent} sent, {received} received, {lost} lost, {faults}{" "}
      {faults === 1 ? "fault" : "faults"}
      {run.unused.length === 0 ? null : `; never applied: ${run.unused.join(", ")}`}
    </p>
  );
};

/** One run: how it ended, what became of each property, every step, and the diagram it goes through. */
export const RunPanel = ({ run, label, sequence, onOpen, onMinimise, children }: RunPanelProps) => {
  const [at, setAt] = useState(run.story.length - 1);
  const [opening, setOpening] = useState(false);
  const selected = useSelection(({ selection }) => selection.edge);
  const select = useSelection((state) => state.select);
  const { passed, outcome } = run.row;
  // Broken properties are told of below.
  const failures = run.row.failures.filter(
    (failure) => !run.monitors.some(({ name, held }) => !held && failure.startsWith(`${name} is violated`)),
  );
  const step = (next: number): void => {
    setAt(next);
    const edge = run.story[next]?.edge;
    if (edge !== undefined) select({ edge });
  };
  const onSelect = ({ edge }: MessageRow): void => {
    const found = run.story.findIndex((one) => one.edge === edge);
    if (found >= 0) setAt(found);
    select({ edge, source: "sequence" });
  };
  const open = async (): Promise<void> => {
    setOpening(true);
    await onOpen();
    setOpening(false);
  };
  return (
    <section className="sim-run" aria-label={label}>
      <div className="sim-run-box">
        <h3>
          {label}{" "}
          <Chip tone={passed ? "ok" : "bad"} icon={passed ? "check" : "cross"}>
            {passed ? "Passed" : "Failed"}
          </Chip>{" "}
          <Chip>{outcomeText(outcome)}</Chip>
        </h3>
        <Numbers run={run} />
        {failures.length === 0 ? null : (
          <ul className="sim-failures" aria-label="What failed">
            {failures.map((failure) => (
              <li key={failure}>{failure}</li>
            ))}
          </ul>
        )}
        <Monitors run={run} />
        <div className="row">
          <Button small disabled={at <= 0} onClick={() => step(at - 1)}>
            Previous step
          </Button>
          <Button small disabled={at >= run.story.length - 1} onClick={() => step(at + 1)}>
            Next step
          </Button>
          <Button small icon="play" disabled={opening} onClick={() => void open()}>
            {opening ? "Opening …" : "Open as a session"}
          </Button>
          {onMinimise ? (
            <Button small onClick={onMinimise}>
              Minimise
            </Button>
          ) : null}
          {children}
        </div>
        <Story run={run} at={at} onStep={step} />
      </div>
      {sequence ? (
        <div className="sim-run-picture">
          <SequenceView
            model={sequence}
            selected={selected}
            onSelect={onSelect}
            label={`The run in ${sequence.name}`}
          />
        </div>
      ) : null}
    </section>
  );
};
