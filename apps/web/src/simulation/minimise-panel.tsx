import type { SequenceModel } from "@parley/core/diagram";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/states.tsx";
import { download } from "./download.ts";
import { commandLine } from "./job-words.ts";
import { RunPanel } from "./run-panel.tsx";
import type { MinimisedView, RunView } from "./simulation.ts";
import type { JobState } from "./use-jobs.ts";

interface MinimisePanelProps {
  readonly job: JobState<MinimisedView>;
  /** The module of the protocol, as a command line names its file. */
  readonly file: string;
  readonly sequence: SequenceModel | undefined;
  readonly onCancel: () => void;
  readonly onSave: (minimised: MinimisedView) => Promise<void>;
  readonly onOpen: (minimised: MinimisedView) => Promise<void>;
}

const rows: readonly (readonly [string, (run: RunView) => number])[] = [
  ["Decisions", ({ decisions }) => decisions],
  ["Faults of the world", ({ harmed }) => harmed],
  ["Rounds", ({ row }) => row.rounds],
  ["Messages sent", ({ statistics }) => statistics.sent],
];

const Compared = ({ before, after }: MinimisedView) => (
  <table className="sim-compared">
    <caption className="visually-hidden">The run before and after</caption>
    <thead>
      <tr>
        <td />
        <th scope="col">Before</th>
        <th scope="col">After</th>
      </tr>
    </thead>
    <tbody>
      {rows.map(([name, of]) => (
        <tr key={name}>
          <th scope="row">{name}</th>
          <td>{of(before)}</td>
          <td>{of(after)}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

/** A failing run made as small as it gets: what is left, what it was, and how it is kept. */
export const MinimisePanel = ({ job, file, sequence, onCancel, onSave, onOpen }: MinimisePanelProps) => {
  const [saving, setSaving] = useState(false);
  const { phase, value, runs, why } = job;
  if (phase === "running") {
    return (
      <EmptyState title="Minimising" actions={<Button onClick={onCancel}>Cancel</Button>}>
        <span role="status">{runs} runs tried so far …</span>
      </EmptyState>
    );
  }
  if (!value) {
    return (
      <EmptyState title={why ?? (phase === "cancelled" ? "Cancelled" : "Nothing minimised yet")}>
        Choose a run that fails and minimise it: everything it does not need is left out, and what stays can
        be kept as a test.
      </EmptyState>
    );
  }
  const save = async (): Promise<void> => {
    setSaving(true);
    await onSave(value);
    setSaving(false);
  };
  return (
    <div className="sim-results">
      <h3>
        Fails: <span className="mono">{value.failure}</span>
      </h3>
      <Compared {...value} />
      <p>
        {value.elements.length === 0
          ? "Nothing has to be done to the protocol: it fails by itself."
          : `Without ${value.elements.length === 1 ? "this" : "any one of these"} it does not fail so:`}
      </p>
      <ul className="sim-elements" aria-label="What is left">
        {value.elements.map((element) => (
          <li key={element} className="mono">
            {element}
          </li>
        ))}
      </ul>
      <div className="row">
        <Button small variant="primary" disabled={saving} onClick={() => void save()}>
          Save as test
        </Button>
        <Button
          small
          variant="quiet"
          onClick={() => download(`${value.name}.toml`, "application/toml", value.toml)}
        >
          Download {value.name}.toml
        </Button>
      </div>
      <p className="sim-note">
        On a command line: <code>{commandLine(file, value.name)}</code>
      </p>
      <details>
        <summary>The scenario</summary>
        <pre>{value.toml}</pre>
      </details>
      <RunPanel
        key={value.name}
        run={value.after}
        label="The shortest run"
        sequence={sequence}
        onOpen={() => onOpen(value)}
      />
    </div>
  );
};
