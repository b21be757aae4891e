import { TomlPlaces } from "@parley/runtime/simulation";
import { useId, useMemo } from "react";
import { Button } from "../ui/button.tsx";
import type { SweepForm } from "./simulation.ts";
import { readForm } from "./sweep-form.ts";

interface SweepBarProps {
  readonly form: SweepForm;
  readonly onForm: (form: SweepForm) => void;
  /** The scenario, whose numbers can be swept. */
  readonly text: string;
  readonly disabled: boolean;
  readonly running: boolean;
  readonly done: number;
  readonly size: number;
  readonly onSweep: (size: number) => void;
  readonly onCancel: () => void;
}

/** Keys of a scenario that hold one value. */
const sweepable = (text: string): readonly string[] =>
  new TomlPlaces(text).all
    .filter(({ kind, path, key, value }) => kind === "plain" && key !== value && path !== "seed")
    .map(({ path }) => path.replace(/\[(\d+)\]/g, ".$1"));

const runsText = (runs: number): string => `${runs.toLocaleString("en")} ${runs === 1 ? "run" : "runs"}`;

/** Which seeds and parameters a sweep goes through, the way to start it, and how far it has got. */
export const SweepBar = (props: SweepBarProps) => {
  const { form, onForm, text, disabled, running, done, size, onSweep, onCancel } = props;
  const list = useId();
  const keys = useMemo(() => sweepable(text), [text]);
  const read = readForm(form);
  const change = (index: number, part: Partial<SweepForm["params"][number]>): void =>
    onForm({ ...form, params: form.params.map((one, i) => (i === index ? { ...one, ...part } : one)) });
  return (
    <fieldset className="sim-sweep-bar">
      <legend className="visually-hidden">Sweep</legend>
      <div className="sim-bar">
        <label>
          Seeds{" "}
          <input
            className="input"
            value={form.seeds}
            placeholder="1..100"
            size={10}
            aria-invalid={!read.ok && read.why.startsWith("Seeds")}
            onChange={({ target }) => onForm({ ...form, seeds: target.value })}
          />
        </label>
        <Button
          small
          icon="plus"
          onClick={() => onForm({ ...form, params: [...form.params, { path: "", values: "" }] })}
        >
          Parameter
        </Button>
        {running ? (
          <Button small icon="cross" onClick={onCancel}>
            Cancel
          </Button>
        ) : (
          <Button
            small
            icon="play"
            disabled={disabled || !read.ok}
            onClick={() => read.ok && onSweep(read.size)}
          >
            Sweep
          </Button>
        )}
        <span role="status">
          {running
            ? `${done.toLocaleString("en")} of ${runsText(size)}`
            : read.ok
              ? runsText(read.size)
              : read.why}
        </span>
      </div>
      {form.params.map(({ path, values }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parameters are told apart by their place.
        <div className="sim-bar" key={index}>
          <input
            className="input mono sim-key"
            list={list}
            value={path}
            aria-label={`Key of parameter ${index + 1}`}
            placeholder="network.loss_probability"
            onChange={({ target }) => change(index, { path: target.value })}
          />
          <input
            className="input mono"
            value={values}
            aria-label={`Values of parameter ${index + 1}`}
            placeholder="0, 0.1, 0.2"
            onChange={({ target }) => change(index, { values: target.value })}
          />
          <Button
            small
            variant="quiet"
            icon="cross"
            aria-label={`Remove parameter ${index + 1}`}
            onClick={() => onForm({ ...form, params: form.params.filter((_, i) => i !== index) })}
          />
        </div>
      ))}
      <datalist id={list}>
        {keys.map((key) => (
          <option key={key} value={key} />
        ))}
      </datalist>
    </fieldset>
  );
};
