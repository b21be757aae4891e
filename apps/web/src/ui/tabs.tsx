import { type KeyboardEvent, useId } from "react";
import "./ui.css";

interface TabsProps<Id extends string> {
  readonly label: string;
  readonly tabs: readonly { readonly id: Id; readonly label: string }[];
  readonly active: Id;
  readonly onChange: (id: Id) => void;
  /** Id of the panel the tabs switch. */
  readonly panel?: string;
  /** A click leaves the focus where it is, so that the page's own arrow keys go on working. */
  readonly keepFocus?: boolean;
}

/** A row of tabs: arrows move, the active one is in the tab order. */
export const Tabs = <Id extends string>({
  label,
  tabs,
  active,
  onChange,
  panel,
  keepFocus,
}: TabsProps<Id>) => {
  const base = useId();
  const move = (event: KeyboardEvent): void => {
    const at = tabs.findIndex(({ id }) => id === active);
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -at, End: tabs.length - 1 - at }[event.key];
    const next = step === undefined ? undefined : tabs[(at + step + tabs.length) % tabs.length];
    if (!next) return;
    event.preventDefault();
    onChange(next.id);
    document.getElementById(`${base}-${next.id}`)?.focus();
  };
  return (
    <div role="tablist" aria-label={label} className="tabs" onKeyDown={move} tabIndex={-1}>
      {tabs.map(({ id, label: text }) => (
        <button
          key={id}
          id={`${base}-${id}`}
          type="button"
          role="tab"
          aria-selected={id === active}
          aria-controls={panel}
          tabIndex={id === active ? 0 : -1}
          onMouseDown={keepFocus ? (event) => event.preventDefault() : undefined}
          onClick={() => onChange(id)}
        >
          {text}
        </button>
      ))}
    </div>
  );
};
