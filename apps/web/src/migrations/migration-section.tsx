import type { MigrationDryRun, MigrationSubject } from "@parley/wire/http";
import { useState } from "react";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { announce } from "../ui/announcer.tsx";
import { Button } from "../ui/button.tsx";
import { Chip } from "../ui/chip.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import { useCommand } from "../ui/use-command.ts";
import { when } from "../ui/when.ts";
import { DryRunResult } from "./dry-run-result.tsx";
import { phaseTone, phaseWords } from "./migration-data.ts";
import { PathDrawing } from "./path-drawing.tsx";

/** How far the run is, and why it stopped. */
const RunState = ({ run }: Pick<MigrationSubject, "run">) => {
  if (run.phase === "Idle") return null;
  const { path, recorded, error, phase, target } = run;
  return (
    <section aria-label="Run">
      <h3>
        Run to version {target} <Chip tone={phaseTone(run) ?? "warn"}>{phaseWords(phase)}</Chip>
      </h3>
      <p className="mig-progress">
        <progress value={recorded.length} max={Math.max(path.length, 1)} aria-label="Steps recorded" />
        <span>
          {recorded.length} of {path.length} {path.length === 1 ? "step" : "steps"} recorded
        </span>
      </p>
      {error ? (
        <p className="problem-note" role="alert">
          {error.detail} <span className="mono">{error.code}</span>
          <small>
            Facts are as they were; what was recorded stays and is not run again. Mend the cause, then resume.
          </small>
        </p>
      ) : null}
    </section>
  );
};

const Journal = ({ journal }: Pick<MigrationSubject, "journal">) => (
  <section aria-label="Journal of runs">
    <h3>Journal</h3>
    {journal.length === 0 ? (
      <p className="quiet">Nothing was run yet.</p>
    ) : (
      <ol className="mig-journal">
        {journal.map(({ at, kind, detail }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a journal only grows.
          <li key={index}>
            <Chip {...(kind === "failed" ? { tone: "bad" } : kind === "done" ? { tone: "ok" } : {})}>
              {kind}
            </Chip>
            <span>{detail}</span>
            <time dateTime={new Date(at).toISOString()}>{when(at)}</time>
          </li>
        ))}
      </ol>
    )}
  </section>
);

interface SectionProps {
  readonly subject: MigrationSubject;
  readonly demos: readonly string[];
}

/** One kind of fact: its path, what a run would change, the run, its journal. */
export const MigrationSection = ({ subject, demos }: SectionProps) => {
  const command = useCommand(keys.migrations, keys.contexts, ["context"]);
  const [dry, setDry] = useState<MigrationDryRun>();
  const [demo, setDemo] = useState("");
  const { subject: name, version, latest, needed, run } = subject;
  const tried = demo === "" ? undefined : demo;
  const tell = ({ run: { phase, error } }: MigrationSubject): void =>
    announce(error ? `Migration failed: ${error.detail}` : `Migration ${phaseWords(phase)}`);
  const go = (entries?: number): void => {
    const request = { subject: name, ...(entries === undefined ? {} : { entries }) };
    const send = run.resumable ? api.migrations.resume : api.migrations.run;
    void command.run(() => send(request, tried), tell);
    setDry(undefined);
  };
  const can = (needed || run.resumable) && !command.busy;
  return (
    <section className="mig-subject" aria-labelledby={`mig-${name}`}>
      <h2 id={`mig-${name}`}>
        <span className="mono">{name}</span>{" "}
        <Chip tone={needed ? "warn" : "ok"}>
          {needed ? `version ${version}, latest ${latest}` : `version ${version}, the latest`}
        </Chip>
      </h2>
      <PathDrawing steps={subject.steps} version={version} />
      <div className="row mig-actions">
        <Button
          disabled={!needed || command.busy}
          onClick={() => void command.run(() => api.migrations.dryRun({ subject: name }, tried), setDry)}
        >
          Dry run
        </Button>
        <Button variant="primary" icon="play" disabled={!can} onClick={() => go()}>
          {run.resumable ? "Resume" : "Run"}
        </Button>
        <Button icon="step" disabled={!can} onClick={() => go(1)}>
          One entry
        </Button>
        {demos.length > 0 ? (
          <label className="mig-demo">
            <span>Steps</span>
            <select className="input" value={demo} onChange={({ target }) => setDemo(target.value)}>
              <option value="">as shipped</option>
              {demos.map((one) => (
                <option key={one} value={one}>
                  {one} half way
                </option>
              ))}
            </select>
          </label>
        ) : null}
      </div>
      <ProblemNote error={command.error} />
      {dry ? <DryRunResult result={dry} /> : null}
      <RunState run={run} />
      <Journal journal={subject.journal} />
    </section>
  );
};
