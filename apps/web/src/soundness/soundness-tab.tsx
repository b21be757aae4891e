import type { MessageRow, SequenceModel } from "@parley/core/diagram";
import { useState } from "react";
import { SequenceView } from "../diagram/sequence-view.tsx";
import type { AnalysisResult } from "../editor/analysis.ts";
import { useSelection } from "../selection/selection.ts";
import { RunSteps } from "../sessions/run-steps.tsx";
import { announce } from "../ui/announcer.tsx";
import { Button } from "../ui/button.tsx";
import { EmptyState, ErrorState, LoadingState } from "../ui/states.tsx";
import { sizesText } from "./soundness.ts";
import { SoundnessBar } from "./soundness-bar.tsx";
import "./soundness.css";
import type { SoundnessState } from "./use-soundness.ts";
import { faultRun, type ShownRun, VerdictList } from "./verdict-list.tsx";

interface SoundnessTabProps {
  readonly state: SoundnessState;
  readonly result: AnalysisResult | undefined;
  readonly sequence: SequenceModel | undefined;
  /** Opens a session of the text as it is, at the end of the run. */
  readonly onOpenRun: (run: ShownRun) => Promise<void>;
}

const MENDED_FIRST = 5;

/** Nothing runs before the text is right. */
const Unsound = ({ result }: { readonly result: AnalysisResult }) => {
  const errors = result.problems.filter(({ severity }) => severity === "error");
  return (
    <EmptyState title={`First mend ${errors.length === 1 ? "the error" : `${errors.length} errors`}`}>
      Runs can be tried once every role can be projected. In the way:
      {errors.slice(0, MENDED_FIRST).map(({ line, message, start, code }) => (
        <span key={`${start} ${code}`} style={{ display: "block" }}>
          line {line}: {message}
        </span>
      ))}
      {errors.length > MENDED_FIRST ? `… and ${errors.length - MENDED_FIRST} more` : null}
    </EmptyState>
  );
};

interface RunPanelProps extends Pick<SoundnessTabProps, "sequence" | "onOpenRun"> {
  readonly shown: ShownRun;
  readonly onClose: () => void;
}

/** A run beside the diagram it goes through. */
const RunPanel = ({ shown, sequence, onOpenRun, onClose }: RunPanelProps) => {
  const { trace } = shown.run;
  const [at, setAt] = useState(trace.length);
  const [opening, setOpening] = useState(false);
  const selected = useSelection(({ selection }) => selection.edge);
  const select = useSelection((state) => state.select);
  const step = (next: number): void => {
    setAt(next);
    const edge = (trace[next] ?? trace.at(-1))?.edge;
    if (edge !== undefined) select({ edge });
  };
  const open = async (): Promise<void> => {
    setOpening(true);
    await onOpenRun(shown);
    setOpening(false);
  };
  const onSelect = ({ edge }: MessageRow): void => {
    const found = trace.findIndex((one) => one.edge === edge);
    if (found >= 0) setAt(found);
    select({ edge, source: "sequence" });
  };
  return (
    <section className="soundness-run" aria-label={shown.title}>
      <div className="soundness-run-box">
        <h3>{shown.title}</h3>
        <RunSteps
          trace={trace}
          end={shown.end}
          bad={shown.bad}
          at={at}
          onStep={step}
          onOpen={() => void open()}
          opening={opening}
        >
          <Button small variant="quiet" onClick={onClose}>
            Close the run
          </Button>
        </RunSteps>
      </div>
      {sequence ? (
        <div className="soundness-run-picture">
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

/** Whether anybody can ever wait in vain: verdicts, how each is known, and runs that show it. */
export const SoundnessTab = ({ state, result, sequence, onOpenRun }: SoundnessTabProps) => {
  const [picked, setPicked] = useState<ShownRun | "closed">();
  const { verdicts, phase, failed } = state;
  if (!result) return <LoadingState what="the text" />;
  if (result.verdict === "empty") {
    return (
      <EmptyState title="Nothing to try yet">
        Once there is a protocol, every run of it is tried here: who may wait in vain, and how many messages
        pile up.
      </EmptyState>
    );
  }
  if (result.verdict === "errors") return <Unsound result={result} />;
  const faulty = verdicts.find(({ sound }) => sound.exploration.faults.length > 0);
  const fault = faulty?.sound.exploration.faults[0];
  const first = faulty && fault && faultRun(faulty, fault);
  const kept = picked !== "closed" && picked && verdicts.includes(picked.sample) ? picked : undefined;
  const shown = picked === "closed" ? undefined : (kept ?? first);
  const show = (run: ShownRun): void => {
    setPicked(run);
    announce(run.title);
  };
  return (
    <div className="soundness">
      <SoundnessBar state={state} />
      {failed ? <ErrorState error={failed} retry={() => state.explore(state.budget)} /> : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard. */}
      <section className="soundness-body" tabIndex={0} aria-label="Verdicts of every size">
        {verdicts.map((sample, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: samples come in a fixed order.
          <VerdictList key={index} sample={sample} shown={shown} onShow={show} />
        ))}
        {state.skipped.map(({ bindings, why }) => (
          <section key={sizesText(bindings)} aria-label={`No verdicts with ${sizesText(bindings)}`}>
            <h3>With {sizesText(bindings)}</h3>
            <p className="soundness-skipped">Nothing runs with these numbers: {why}</p>
          </section>
        ))}
        {verdicts.length === 0 && (phase === "running" || phase === "idle") ? (
          <LoadingState what="the verdicts" />
        ) : null}
      </section>
      {shown ? (
        <RunPanel
          key={shown.title}
          shown={shown}
          sequence={sequence}
          onOpenRun={onOpenRun}
          onClose={() => setPicked("closed")}
        />
      ) : null}
    </div>
  );
};
