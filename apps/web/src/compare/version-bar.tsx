import { Button } from "../ui/button.tsx";
import type { Age } from "./compare.ts";
import type { Comparable } from "./versions.ts";

interface VersionBarProps {
  readonly all: readonly Comparable[];
  readonly old: Comparable;
  readonly new: Comparable;
  readonly onPick: (age: Age, id: string) => void;
  readonly onSwap: () => void;
}

/** Which two versions are compared. */
export const VersionBar = ({ all, old, new: now, onPick, onSwap }: VersionBarProps) => {
  const select = (age: Age, value: Comparable) => (
    <label>
      {age === "old" ? "From" : "To"}
      <select value={value.id} onChange={(event) => onPick(age, event.target.value)}>
        {all.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
            {id === "draft" ? "" : ` · ${id.slice(0, 8)}`}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <div className="compare-bar">
      {select("old", old)}
      <Button small variant="quiet" onClick={onSwap}>
        Swap
      </Button>
      {select("new", now)}
    </div>
  );
};
