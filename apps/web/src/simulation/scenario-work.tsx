import type { SequenceModel } from "@parley/core/diagram";
import { firstScenario, insertPart, type ScenarioNames, type ScenarioPart } from "@parley/runtime/simulation";
import type { ProtocolDetail, ScenarioDetail } from "@parley/wire/http";
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from "react";
import type { Action } from "../actions/action.ts";
import { useActions } from "../actions/registry.ts";
import type { OpenedAtRun } from "../sessions/open-at-run.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState, LoadingState } from "../ui/states.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { toast } from "../ui/toast.tsx";
import { FindingsList } from "./findings-list.tsx";
import { MinimisePanel } from "./minimise-panel.tsx";
import { openSimulated } from "./open-simulated.ts";
import { usePlaceInAddress } from "./place-in-address.ts";
import { RunPanel } from "./run-panel.tsx";
import { ScenarioBar } from "./scenario-bar.tsx";
import type { ScenarioEditorHandle } from "./scenario-editor.tsx";
import { freeName, renamed } from "./scenario-names.ts";
import {
  type MinimisedView,
  type RunPlace,
  type RunView,
  SINGLE,
  type Simulated,
  type Sizes,
  type SweepForm,
} from "./simulation.ts";
import { SweepBar } from "./sweep-bar.tsx";
import { SweepPanel } from "./sweep-panel.tsx";
import { TestsPanel } from "./tests-panel.tsx";
import { type JobState, replayOf, useMinimise, useRun, useSweep, useTests } from "./use-jobs.ts";
import { useReading } from "./use-reading.ts";
import { saveScenarioAs, useScenarioDraft } from "./use-scenarios.ts";

const ScenarioEditor = lazy(() =>
  import("./scenario-editor.tsx").then((module) => ({ default: module.ScenarioEditor })),
);

type View = "run" | "sweep" | "minimise" | "tests";
const views: readonly { readonly id: View; readonly label: string }[] = [
  { id: "run", label: "Run" },
  { id: "sweep", label: "Sweep" },
  { id: "minimise", label: "Minimised" },
  { id: "tests", label: "Tests" },
];

const NO_NAMES: ScenarioNames = { roles: [], messages: [], labels: [] };
const NO_SIZES: Sizes = { families: {}, names: {} };

interface WorkProps {
  readonly protocol: ProtocolDetail;
  /** The text of the protocol is sound, and what is known of it is not stale. */
  readonly ready: boolean;
  readonly sequence: SequenceModel | undefined;
  /** Saves the text as a version, lets a session of it be opened, and shows it. */
  readonly onOpenSession: (open: () => Promise<OpenedAtRun>) => Promise<void>;
  readonly items: readonly ScenarioDetail[];
  readonly name: string;
  /** What the protocol's file is called on a command line, without its ending. */
  readonly file: string;
  readonly simulated: Simulated | undefined;
  readonly onChoose: (name: string) => void;
  readonly onNew: () => void;
  readonly onDelete: (name: string) => void;
}

interface ShownRunProps {
  readonly job: JobState<RunView>;
  /** Which run of a sweep it is, if it is one. */
  readonly index: number | undefined;
  readonly sequence: SequenceModel | undefined;
  readonly onOpen: (title: string) => Promise<void>;
  readonly onMinimise: () => void;
}

/** The run that is looked at, once it is there. */
const ShownRun = ({ job, index, sequence, onOpen, onMinimise }: ShownRunProps) => {
  const { phase, value, why } = job;
  if (phase === "running") return <LoadingState what="the run" />;
  if (phase === "failed") return <EmptyState title="This run could not be made">{why}</EmptyState>;
  if (!value) return null;
  return (
    <RunPanel
      key={`${index} ${value.title}`}
      run={value}
      label={index === undefined ? `Run with ${value.title}` : `Run ${index}: ${value.title}`}
      sequence={sequence}
      onOpen={() => onOpen(value.title)}
      onMinimise={value.row.passed ? undefined : onMinimise}
    />
  );
};

/** The palette runs and saves what is on the page at that moment. */
const useScenarioActions = (runnable: boolean, runOnce: () => void, save: () => void): void => {
  const now = useRef({ runOnce, save });
  now.current = { runOnce, save };
  const actions = useMemo<readonly Action[]>(
    () => [
      {
        id: "simulation.run",
        label: "Run the scenario",
        group: "Protocol",
        enabled: runnable,
        run: () => now.current.runOnce(),
      },
      {
        id: "simulation.save",
        label: "Save the scenario",
        group: "Protocol",
        run: () => now.current.save(),
      },
    ],
    [runnable],
  );
  useActions(actions);
};

/** One scenario, its text and everything that is done with it. */
export const ScenarioWork = (props: WorkProps) => {
  const { protocol, items, name, file, simulated, ready, sequence, onOpenSession, onChoose } = props;
  const stored = items.find((item) => item.name === name);
  const shipped = stored?.shipped === true;
  const roles = useMemo(() => sequence?.lanes.map(({ role }) => role) ?? [], [sequence]);
  const [sample, setSample] = useState<Sizes>(NO_SIZES);
  const initial = useMemo(() => firstScenario(name, { roles, ...sample }), [name, roles, sample]);
  const draft = useScenarioDraft(protocol.id, name, stored, initial);
  const reading = useReading(simulated, draft.text);
  const found = JSON.stringify(reading.summary?.sample ?? NO_SIZES);
  useEffect(() => setSample(JSON.parse(found) as Sizes), [found]);
  const editor = useRef<ScenarioEditorHandle>(null);
  const address = usePlaceInAddress();
  const [form, setForm] = useState<SweepForm>(
    address.form.seeds === "" && address.form.params.length === 0
      ? { seeds: "1..50", params: [] }
      : address.form,
  );
  const [view, setView] = useState<View>("run");
  const [shown, setShown] = useState<{ readonly text: string; readonly place: RunPlace }>();
  const sweep = useSweep(simulated);
  const run = useRun(simulated);
  const small = useMinimise(simulated);
  const tests = useTests(simulated);
  const names = { ...NO_NAMES, roles, ...reading.summary?.names };
  const current = reading.text === draft.text ? reading.summary : undefined;
  const runnable = ready && current?.ready === true;

  const show = (text: string, place: RunPlace): void => {
    setShown({ text, place });
    void run.start(text, place);
  };
  // Asked for before the last keystroke was read: runs as soon as it is.
  const [asked, setAsked] = useState(false);
  const runOnce = (): void => {
    setAsked(ready && current === undefined);
    if (!runnable) return;
    setView("run");
    address.set(undefined);
    show(draft.text, SINGLE);
  };
  useEffect(() => {
    if (asked && current !== undefined) runOnce();
  });
  const showRow = (index: number): void => {
    const place = { form: sweep.state.form, index };
    address.set(place);
    show(sweep.state.text, place);
  };
  // A link to a run makes that run, and no other.
  const linked = useRef(address.index);
  useEffect(() => {
    if (!runnable || linked.current === undefined) return;
    const place = { form: address.form, index: linked.current };
    linked.current = undefined;
    setShown({ text: draft.text, place });
    void run.start(draft.text, place);
  });

  const save = (): void => {
    if (!shipped) void draft.save();
  };
  const insert = (part: ScenarioPart): void => {
    const edits = insertPart(draft.text, part.id, names);
    if (edits.length === 0) toast({ text: `${part.label} is there already` });
    else editor.current?.apply(edits);
  };
  const addParameter = (): void => {
    setForm((before) => ({ ...before, params: [...before.params, { path: "", values: "" }] }));
    setView("sweep");
  };
  const saveAs = async (wanted: string): Promise<boolean> => {
    const saved = await saveScenarioAs(protocol.id, wanted, renamed(draft.text, wanted));
    if (saved) onChoose(wanted);
    return saved;
  };
  const saveTest = async (minimised: MinimisedView): Promise<void> => {
    const free = freeName(minimised.name, new Set(items.map((item) => item.name)));
    if (!(await saveScenarioAs(protocol.id, free, renamed(minimised.toml, free)))) return;
    toast({ text: `Saved as the test ${free}` });
    setView("tests");
  };
  const minimise = (): void => {
    if (!shown) return;
    setView("minimise");
    void small.start(shown.text, shown.place);
  };
  const open = (text: string, place: RunPlace, title: string): Promise<void> =>
    onOpenSession(async () => {
      if (simulated === undefined) throw new Error("The protocol has errors");
      return openSimulated(protocol.id, title, await replayOf(simulated, text, place));
    });

  useScenarioActions(runnable, runOnce, save);
  const shownRun = (
    <ShownRun
      job={run.state}
      index={view === "sweep" || shown?.place !== SINGLE ? shown?.place.index : undefined}
      sequence={sequence}
      onOpen={(title) =>
        shown === undefined ? Promise.resolve() : open(shown.text, shown.place, `${name}: ${title}`)
      }
      onMinimise={minimise}
    />
  );

  return (
    <div className="sim">
      <ScenarioBar
        items={items}
        name={name}
        shipped={shipped}
        fresh={stored === undefined}
        dirty={draft.dirty}
        onChoose={onChoose}
        onNew={props.onNew}
        onSave={save}
        onSaveAs={saveAs}
        onDelete={() => props.onDelete(name)}
        onInsert={insert}
        onParameter={addParameter}
      />
      <div className="sim-text">
        <Suspense fallback={<LoadingState what="the editor" />}>
          <ScenarioEditor
            handle={editor}
            text={draft.text}
            epoch={`${draft.epoch} ${stored?.revision ?? initial}`}
            readOnly={shipped}
            findings={current?.findings ?? []}
            names={names}
            onChange={draft.edit}
            onSave={save}
            onRun={runOnce}
          />
        </Suspense>
      </div>
      <FindingsList
        findings={current?.findings ?? []}
        onShow={({ start, end }) => editor.current?.reveal(start, end)}
      />
      <div className="sim-bar sim-do">
        <Button small variant="primary" icon="play" disabled={!runnable} onClick={runOnce}>
          Run
        </Button>
        <SweepBar
          form={form}
          onForm={setForm}
          text={draft.text}
          disabled={!runnable}
          running={sweep.state.phase === "running"}
          done={sweep.state.rows.length}
          size={sweep.state.size}
          onSweep={(size) => {
            setView("sweep");
            setShown(undefined);
            run.clear();
            address.set(undefined);
            sweep.start(draft.text, form, size);
          }}
          onCancel={sweep.cancel}
        />
      </div>
      <Tabs label="Results" tabs={views} active={view} onChange={setView} panel="sim-results" />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard. */}
      <div id="sim-results" role="tabpanel" aria-label={view} className="sim-panel" tabIndex={0}>
        {view === "run" && run.state.phase === "idle" ? (
          <EmptyState title="Nothing has run yet">
            Run the scenario once, or sweep it over many seeds: each run is the protocol's machine in the
            world the scenario describes.
          </EmptyState>
        ) : null}
        {view === "run" ? shownRun : null}
        {view === "sweep" ? (
          <SweepPanel
            sweep={sweep.state}
            name={name}
            selected={shown?.place.index}
            onShow={showRow}
            hrefOf={(index) => address.hrefOf({ form: sweep.state.form, index })}
          >
            {shownRun}
          </SweepPanel>
        ) : null}
        {view === "minimise" ? (
          <MinimisePanel
            job={small.state}
            file={file}
            sequence={sequence}
            onCancel={small.cancel}
            onSave={saveTest}
            onOpen={({ toml, name: title }) => open(toml, SINGLE, title)}
          />
        ) : null}
        {view === "tests" ? (
          <TestsPanel
            items={items}
            job={tests.state}
            disabled={!ready}
            onRun={(chosen) => void tests.start(chosen.map(({ name: test, text }) => ({ name: test, text })))}
            onCancel={tests.cancel}
            onEdit={onChoose}
          />
        ) : null}
      </div>
    </div>
  );
};
