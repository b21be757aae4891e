import type { ScenarioDetail } from "@parley/wire/http";
import { Button } from "../ui/button.tsx";
import { Chip } from "../ui/chip.tsx";
import { EmptyState } from "../ui/states.tsx";
import { isTest, pinsFailure } from "./job-words.ts";
import type { TestOutcome } from "./simulation.ts";
import type { JobState } from "./use-jobs.ts";

interface TestsPanelProps {
  readonly items: readonly ScenarioDetail[];
  readonly job: JobState<readonly TestOutcome[]>;
  readonly disabled: boolean;
  readonly onRun: (tests: readonly ScenarioDetail[]) => void;
  readonly onCancel: () => void;
  readonly onEdit: (name: string) => void;
}

const Verdict = ({ outcome }: { readonly outcome: TestOutcome | undefined }) => {
  if (!outcome) return <Chip>Not run</Chip>;
  if (!outcome.passed) {
    return (
      <Chip tone="bad" icon="cross">
        Fails
      </Chip>
    );
  }
  return (
    <Chip tone="ok" icon="check">
      {pinsFailure(outcome.expects) ? "Still fails as expected" : "Passes"}
    </Chip>
  );
};

/** Scenarios that say what they expect, run together. */
export const TestsPanel = ({ items, job, disabled, onRun, onCancel, onEdit }: TestsPanelProps) => {
  const tests = items.filter(({ text }) => isTest(text));
  if (tests.length === 0) {
    return (
      <EmptyState title="No test yet">
        A scenario with an <code>[expect]</code> table is a test. A minimised run can be saved as one.
      </EmptyState>
    );
  }
  const known = new Map(job.value?.map((outcome) => [outcome.name, outcome]));
  const failed = job.value?.filter(({ passed }) => !passed).length ?? 0;
  const running = job.phase === "running";
  return (
    <div className="sim-results">
      <div className="row">
        {running ? (
          <Button small icon="cross" onClick={onCancel}>
            Stop
          </Button>
        ) : (
          <Button small icon="play" disabled={disabled} onClick={() => onRun(tests)}>
            Run {tests.length === 1 ? "the test" : `all ${tests.length} tests`}
          </Button>
        )}
        <span role="status">
          {running ? `${job.runs} of ${tests.length}` : null}
          {job.phase === "done" ? (failed === 0 ? "All pass." : `${failed} of ${tests.length} fail.`) : null}
          {job.phase === "failed" ? job.why : null}
        </span>
      </div>
      <ul className="sim-tests" aria-label="Saved tests">
        {tests.map(({ name, shipped }) => {
          const outcome = known.get(name);
          return (
            <li key={name} data-test={name}>
              <span>
                <button type="button" className="sim-link" onClick={() => onEdit(name)}>
                  {name}
                </button>
                {shipped ? <small>comes with the protocol</small> : null}
                {outcome ? <small>expects: {outcome.expects}</small> : null}
                {outcome?.failures.map((failure) => (
                  <small key={failure} className="bad">
                    {failure}
                  </small>
                ))}
              </span>
              <Verdict outcome={outcome} />
            </li>
          );
        })}
      </ul>
    </div>
  );
};
