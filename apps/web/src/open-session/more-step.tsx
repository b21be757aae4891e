import { useRuntimes } from "../admission/runtime-data.ts";
import { type OpenForm, parityProfiles } from "./open-form.ts";

interface MoreProps {
  readonly form: OpenForm;
  /** The policy the report resolved, shown where none is chosen. */
  readonly resolved: string | undefined;
  readonly onChange: (part: Partial<OpenForm>) => void;
}

const policies = [
  "aura.vm.prod.default",
  "aura.vm.consensus_fallback.prod",
  "aura.vm.consensus_fast_path.prod",
  "aura.vm.dkg_ceremony.prod",
  "aura.vm.recovery_grant.prod",
  "aura.vm.sync_anti_entropy.prod",
];

/** What each parity profile asks for. */
const parityWords: Readonly<Record<(typeof parityProfiles)[number], string>> = {
  native_cooperative: "first in, first out; fully deterministic",
  wasm_cooperative: "the same, in a browser",
  native_threaded: "each in turn; up to the order of what commutes",
  runtime_default: "nothing",
};

const decisions = [
  ["ask", "Ask: a person decides"],
  ["first", "First label"],
  ["random", "Random, by the seed"],
  ["roundRobin", "Each label in turn"],
] as const;

const Choice = ({
  label,
  value,
  options,
  onValue,
}: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [string, string])[];
  readonly onValue: (value: string) => void;
}) => (
  <label className="field">
    <span>{label}</span>
    <select className="input" value={value} onChange={({ target }) => onValue(target.value)}>
      {options.map(([id, text]) => (
        <option key={id} value={id}>
          {text}
        </option>
      ))}
    </select>
  </label>
);

/** The runtime profile a session is admitted on. */
const RuntimeChoice = ({ form, onChange }: Pick<MoreProps, "form" | "onChange">) => {
  const { data } = useRuntimes();
  const names = data?.items.map(({ name }) => name) ?? ["full"];
  return (
    <Choice
      label="Runtime"
      value={form.runtime === "" ? "full" : form.runtime}
      options={names.map(
        (name) => [name, name === "full" ? "full: everything the machine can do" : name] as const,
      )}
      onValue={(name) => onChange({ runtime: name === "full" ? "" : name })}
    />
  );
};

/** What most people leave as it is. */
export const MoreStep = ({ form, resolved, onChange }: MoreProps) => (
  <details className="more">
    <summary>More</summary>
    <div className="open-grid">
      <label className="field">
        <span>Title</span>
        <input
          className="input"
          maxLength={200}
          value={form.title}
          onChange={({ target }) => onChange({ title: target.value })}
        />
      </label>
      <Choice
        label="Policy"
        value={form.policy}
        options={[
          ["", resolved ? `The protocol's own: ${resolved}` : "The protocol's own"],
          ...policies.map((name) => [name, name] as const),
        ]}
        onValue={(policy) => onChange({ policy })}
      />
      <RuntimeChoice form={form} onChange={onChange} />
      <Choice
        label="Parity profile"
        value={form.parity}
        options={[
          ["", "None asked for"],
          ...parityProfiles.map((name) => [name, `${name}: ${parityWords[name]}`] as const),
        ]}
        onValue={(parity) => onChange({ parity })}
      />
      <Choice
        label="Decisions"
        value={form.decisions}
        options={decisions}
        onValue={(value) => onChange({ decisions: value })}
      />
      <Choice
        label="Drive"
        value={form.drive}
        options={[
          ["manual", "Manual: step by step"],
          ["eager", "Eager: runs until someone must act"],
        ]}
        onValue={(drive) => onChange({ drive })}
      />
      <Choice
        label="Clock"
        value={form.clock}
        options={[
          ["real", "Real time"],
          ["manual", "Moved by hand"],
        ]}
        onValue={(clock) => onChange({ clock })}
      />
      <label className="field">
        <span>Seed</span>
        <input
          className="input mono"
          maxLength={64}
          placeholder="chosen when it opens"
          value={form.seed}
          onChange={({ target }) => onChange({ seed: target.value })}
        />
      </label>
    </div>
  </details>
);
