import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { type StepForm, type UpgradeForm, upgradeOf } from "./upgrade-form.ts";
import { upgradeRules } from "./upgrade-rules.ts";

interface Member {
  readonly id: string;
  readonly name: string;
}

interface FieldsProps {
  readonly form: UpgradeForm;
  readonly set: (form: UpgradeForm) => void;
  readonly active: readonly string[];
  readonly members: readonly Member[];
}

/** The rules of upgrades, each kept or broken, with what mends it; live. */
export const RuleList = ({ form, active }: Pick<FieldsProps, "form" | "active">) => (
  <section aria-label="Rules of the upgrade" aria-live="polite">
    <h3>Rules</h3>
    <ol className="steps">
      {upgradeRules(active, upgradeOf(form)).map(({ rule, ok, why }) => (
        <li key={rule} className={ok ? "ok" : "bad"} data-ok={ok}>
          <Icon name={ok ? "check" : "cross"} size={14} />
          <span>
            {rule}
            {ok ? null : <small className="compared">{why}</small>}
          </span>
        </li>
      ))}
    </ol>
  </section>
);

const Step = ({
  step,
  members,
  onChange,
  onRemove,
}: {
  readonly step: StepForm;
  readonly members: readonly Member[];
  readonly onChange: (step: StepForm) => void;
  readonly onRemove: () => void;
}) => (
  <fieldset className="cap-picker">
    <legend>{step.id}: who runs it next</legend>
    <div className="cap-list">
      {members.map(({ id, name }) => (
        <label key={id}>
          <input
            type="checkbox"
            checked={step.members.has(id)}
            onChange={({ target }) => {
              const next = new Set(step.members);
              if (target.checked) next.add(id);
              else next.delete(id);
              onChange({ ...step, members: next });
            }}
          />
          {name}
        </label>
      ))}
    </div>
    <Button small variant="quiet" icon="trash" aria-label={`Remove ${step.id}`} onClick={onRemove} />
  </fieldset>
);

const lists = [
  ["carriedPublications", "Publications carried over"],
  ["invalidatedPublications", "Publications invalidated"],
  ["carriedObligations", "Obligations carried over"],
  ["invalidatedObligations", "Obligations invalidated"],
] as const;

const Compatibility = ({ form, set }: Pick<FieldsProps, "form" | "set">) => (
  <details>
    <summary>What is kept and what may break</summary>
    <div className="rec-fields">
      <label className="check">
        <input
          type="checkbox"
          checked={form.continuity}
          onChange={({ target }) => set({ ...form, continuity: target.checked })}
        />
        Ownership must go on
      </label>
      <label className="field">
        <span>Pending effects</span>
        <select
          className="input"
          value={form.pending}
          onChange={({ target }) =>
            set({
              ...form,
              pending: target.value === "invalidate_blocked" ? "invalidate_blocked" : "preserve_pending",
            })
          }
        >
          <option value="preserve_pending">are preserved</option>
          <option value="invalidate_blocked">are invalidated where blocked</option>
        </select>
      </label>
      <label className="field">
        <span>Canonical truth</span>
        <select
          className="input"
          value={form.publication}
          onChange={({ target }) =>
            set({
              ...form,
              publication:
                target.value === "reissue_canonical_truth"
                  ? "reissue_canonical_truth"
                  : "preserve_canonical_truth",
            })
          }
        >
          <option value="preserve_canonical_truth">is preserved</option>
          <option value="reissue_canonical_truth">is issued anew</option>
        </select>
      </label>
      <label className="field">
        <span>Execution</span>
        <select
          className="input"
          value={form.constraint}
          onChange={({ target }) =>
            set({
              ...form,
              constraint:
                target.value === "mixed_determinism_allowed"
                  ? "mixed_determinism_allowed"
                  : "preserve_bundle_profile",
            })
          }
        >
          <option value="preserve_bundle_profile">keeps the bundle's profile</option>
          <option value="mixed_determinism_allowed">may mix determinism</option>
        </select>
      </label>
      {lists.map(([name, label]) => (
        <label key={name} className="field">
          <span>{label}, with commas</span>
          <input
            className="input mono"
            value={form[name]}
            onChange={({ target }) => set({ ...form, [name]: target.value })}
          />
        </label>
      ))}
    </div>
  </details>
);

/** An upgrade filled in: its steps with their members, what is kept, and the rules as they are kept or broken. */
export const UpgradeFields = ({ form, set, active, members }: FieldsProps) => (
  <>
    <label className="field">
      <span>Upgrade</span>
      <input
        className="input mono"
        required
        maxLength={128}
        value={form.id}
        onChange={({ target }) => set({ ...form, id: target.value })}
      />
    </label>
    {form.steps.map((step, at) => (
      <Step
        key={step.id}
        step={step}
        members={members}
        onChange={(next) => set({ ...form, steps: form.steps.map((one, i) => (i === at ? next : one)) })}
        onRemove={() => set({ ...form, steps: form.steps.filter((_, i) => i !== at) })}
      />
    ))}
    <div>
      <Button
        small
        icon="plus"
        onClick={() =>
          set({
            ...form,
            steps: [
              ...form.steps,
              { id: nextId(form.steps), members: new Set(form.steps.at(-1)?.members ?? active) },
            ],
          })
        }
      >
        Step
      </Button>
    </div>
    <Compatibility form={form} set={set} />
    <RuleList form={form} active={active} />
  </>
);

const nextId = (steps: readonly StepForm[]): string => {
  const taken = new Set(steps.map(({ id }) => id));
  for (let at = steps.length + 1; ; at += 1) if (!taken.has(`step-${at}`)) return `step-${at}`;
};
