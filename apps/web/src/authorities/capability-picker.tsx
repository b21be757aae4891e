import { useId, useMemo, useState } from "react";
import { Button } from "../ui/button.tsx";

interface PickerProps {
  readonly legend: string;
  /** Names that may be chosen. */
  readonly names: readonly string[];
  readonly chosen: ReadonlySet<string>;
  readonly onChange: (chosen: ReadonlySet<string>) => void;
  /** Others may be typed in. */
  readonly own?: boolean;
}

const familyOf = (name: string): string => (name.includes(":") ? (name.split(":")[0] ?? "") : "generic");

/** Chooses capabilities by family. */
export const CapabilityPicker = ({ legend, names, chosen, onChange, own }: PickerProps) => {
  const [typed, setTyped] = useState("");
  const field = useId();
  const all = useMemo(() => [...new Set([...names, ...chosen])].sort(), [names, chosen]);
  const families = Map.groupBy(all, familyOf);
  const set = (list: readonly string[], on: boolean): void => {
    const next = new Set(chosen);
    for (const name of list) on ? next.add(name) : next.delete(name);
    onChange(next);
  };
  const add = (): void => {
    if (typed.trim() !== "") set([typed.trim()], true);
    setTyped("");
  };
  return (
    <fieldset className="cap-picker">
      <legend>
        {legend}: {chosen.size} of {all.length}
      </legend>
      <div className="row">
        <Button small onClick={() => set(all, true)}>
          All
        </Button>
        <Button small onClick={() => set(all, false)}>
          None
        </Button>
        {own ? (
          <>
            <label htmlFor={field} className="visually-hidden">
              Another capability
            </label>
            <input
              id={field}
              className="input"
              placeholder="another:capability"
              value={typed}
              onChange={({ target }) => setTyped(target.value)}
            />
            <Button small onClick={add} disabled={typed.trim() === ""}>
              Add
            </Button>
          </>
        ) : null}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region is reached by the keyboard. */}
      <section className="cap-list" tabIndex={0} aria-label={`${legend}, by family`}>
        {[...families].map(([family, list]) => (
          <div key={family}>
            <strong>{family}</strong>
            {list.map((name) => (
              <label key={name}>
                <input
                  type="checkbox"
                  checked={chosen.has(name)}
                  onChange={({ target }) => set([name], target.checked)}
                />
                {name}
              </label>
            ))}
          </div>
        ))}
      </section>
    </fieldset>
  );
};
