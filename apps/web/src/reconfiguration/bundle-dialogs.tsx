import type { BundleView, ReconfigurationView } from "@parley/wire/http";
import { type FormEvent, type ReactNode, useState } from "react";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { DialogFooter } from "../ui/dialog-footer.tsx";
import { Modal } from "../ui/modal.tsx";
import { type Command, useCommand } from "../ui/use-command.ts";
import { TopologySides } from "./topology-drawing.tsx";
import { memberSides } from "./topology-nodes.ts";
import { UpgradeFields } from "./upgrade-fields.tsx";
import { initialUpgrade, upgradeOf } from "./upgrade-form.ts";
import { upgradeRules } from "./upgrade-rules.ts";

const namesOf = (text: string): string[] => [
  ...new Set(
    text
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== ""),
  ),
];

const Form = ({
  command,
  action,
  disabled = false,
  onClose,
  onSubmit,
  children,
}: {
  readonly command: Command;
  readonly action: string;
  readonly disabled?: boolean;
  readonly onClose: () => void;
  readonly onSubmit: () => void;
  readonly children: ReactNode;
}) => (
  <form
    className="modal-body"
    onSubmit={(event: FormEvent) => {
      event.preventDefault();
      onSubmit();
    }}
  >
    {children}
    <DialogFooter command={command} action={action} disabled={disabled === true} onClose={onClose} />
  </form>
);

const Text = ({
  label,
  value,
  onChange,
  required,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly required?: boolean;
}) => (
  <label className="field">
    <span>{label}</span>
    <input
      className="input mono"
      required={required}
      value={value}
      onChange={({ target }) => onChange(target.value)}
    />
  </label>
);

interface MadeProps {
  readonly onClose: () => void;
  readonly onMade: (bundle: BundleView) => void;
}

/** Registers a bundle by hand. */
export const RegisterDialog = ({ onClose, onMade }: MadeProps) => {
  const [id, setId] = useState("");
  const [protocols, setProtocols] = useState("");
  const [exports, setExports] = useState("");
  const [imports, setImports] = useState("");
  const command = useCommand(keys.reconfiguration);
  return (
    <Modal open onClose={onClose} title="Register a bundle">
      <Form
        command={command}
        action="Register"
        onClose={onClose}
        onSubmit={() =>
          void command.run(
            () =>
              api.reconfiguration.register({
                id: id.trim(),
                protocols: namesOf(protocols),
                exports: namesOf(exports),
                imports: namesOf(imports),
              }),
            onMade,
          )
        }
      >
        <Text label="Name" value={id} onChange={setId} required />
        <Text label="Protocols, with commas" value={protocols} onChange={setProtocols} required />
        <Text label="Offers (exports)" value={exports} onChange={setExports} />
        <Text label="Needs (imports)" value={imports} onChange={setImports} />
      </Form>
    </Modal>
  );
};

/** Links two bundles to a third, and says beforehand whether they fit and why not. */
export const LinkDialog = ({
  view,
  left: first,
  right: second,
  onClose,
  onMade,
}: MadeProps & { readonly view: ReconfigurationView; readonly left?: string; readonly right?: string }) => {
  const ids = view.bundles.map(({ id }) => id);
  const [left, setLeft] = useState(first ?? ids[0] ?? "");
  const [right, setRight] = useState(second ?? ids[1] ?? "");
  const [linked, setLinked] = useState("");
  const command = useCommand(keys.reconfiguration);
  const pair = pairOf(view, left, right);
  const name = linked.trim() === "" ? `${left}+${right}` : linked.trim();
  return (
    <Modal open onClose={onClose} title="Link two bundles">
      <Form
        command={command}
        action="Link"
        onClose={onClose}
        onSubmit={() =>
          void command.run(() => api.reconfiguration.link({ left, right, linked: name }), onMade)
        }
      >
        {[["One", left, setLeft] as const, ["Other", right, setRight] as const].map(([label, value, set]) => (
          <label key={label} className="field">
            <span>{label}</span>
            <select className="input" value={value} onChange={({ target }) => set(target.value)}>
              {ids.map((id) => (
                <option key={id}>{id}</option>
              ))}
            </select>
          </label>
        ))}
        <Text label={`Name of the third; empty is ${left}+${right}`} value={linked} onChange={setLinked} />
        <p className={pair?.compatible ? "own-ok" : "own-bad"} role="status">
          {left === right ? "A bundle is not linked with itself." : pairWords(pair)}
        </p>
      </Form>
    </Modal>
  );
};

type Pair = ReconfigurationView["compatibility"][number];

/** What is said of two bundles, whichever way round. */
export const pairOf = (
  { compatibility }: Pick<ReconfigurationView, "compatibility">,
  one: string,
  other: string,
): Pair | undefined =>
  compatibility.find(
    ({ left, right }) => (left === one && right === other) || (left === other && right === one),
  );

/** Whether two bundles fit, and if not, why. */
export const pairWords = (pair: Pair | undefined): string => {
  if (!pair) return "Nothing is known of the two.";
  const reasons = [
    ...(pair.missing.length > 0 ? [`nobody of the two offers ${pair.missing.join(", ")}`] : []),
    ...(pair.shared.length > 0 ? [`both hold ${pair.shared.join(", ")}`] : []),
  ];
  return pair.compatible && reasons.length === 0
    ? "They fit."
    : `They do not fit: ${reasons.join("; ") || "refused"}.`;
};

interface BundleProps {
  readonly bundle: BundleView;
  readonly members: ReconfigurationView["members"];
  readonly onClose: () => void;
}

/** Says who runs a bundle; its upgrades are forgotten. */
export const SeedDialog = ({ bundle, members, onClose }: BundleProps) => {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(bundle.runtime?.active_members));
  const command = useCommand(keys.reconfiguration);
  return (
    <Modal open onClose={onClose} title={`Seed ${bundle.id}`}>
      <Form
        command={command}
        action="Seed"
        onClose={onClose}
        onSubmit={() =>
          void command.run(() => api.reconfiguration.seed(bundle.id, [...chosen].sort()), onClose)
        }
      >
        <fieldset className="cap-picker">
          <legend>Who runs it</legend>
          <div className="cap-list">
            {members.map(({ id, name }) => (
              <label key={id}>
                <input
                  type="checkbox"
                  checked={chosen.has(id)}
                  onChange={({ target }) => {
                    const next = new Set(chosen);
                    if (target.checked) next.add(id);
                    else next.delete(id);
                    setChosen(next);
                  }}
                />
                {name}
              </label>
            ))}
          </div>
        </fieldset>
        {(bundle.runtime?.history.length ?? 0) > 0 ? (
          <p className="problem-note">
            Its {bundle.runtime?.history.length} upgrades are forgotten: it begins again at epoch 0.
          </p>
        ) : null}
      </Form>
    </Modal>
  );
};

/** Upgrades what a bundle runs on: the rules are explained as they are broken, and the topology is drawn before it changes. */
export const UpgradeDialog = ({
  bundle,
  members,
  onClose,
  onDone,
}: BundleProps & { readonly onDone: (epoch: number) => void }) => {
  const active = bundle.runtime?.active_members ?? [];
  const [form, setForm] = useState(() => initialUpgrade(active, bundle.runtime?.epoch ?? 0));
  const command = useCommand(keys.reconfiguration);
  const request = upgradeOf(form);
  const broken = upgradeRules(active, request).some(({ ok }) => !ok);
  const name = (id: string): string => members.find((one) => one.id === id)?.name ?? id;
  const sides = memberSides(active, request.plan.steps.at(-1)?.next_members ?? [], name);
  return (
    <Modal open onClose={onClose} title={`Upgrade ${bundle.id}`} wide>
      <Form
        command={command}
        action={broken ? "Try it; it will fail" : "Upgrade"}
        onClose={onClose}
        onSubmit={() =>
          void command.run(
            () => api.reconfiguration.upgrade(bundle.id, request),
            ({ upgrade }) => onDone(upgrade.epoch),
          )
        }
      >
        <UpgradeFields form={form} set={setForm} active={active} members={members} />
        <TopologySides label="What it would change" centre={bundle.id} {...sides} />
        {broken ? (
          <p className="problem-note" role="status">
            A rule is broken: tried all the same it fails, is recorded and leaves the members as they are.
          </p>
        ) : null}
      </Form>
    </Modal>
  );
};
