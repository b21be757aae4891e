import { Button } from "../ui/button.tsx";

interface PositionBarProps {
  readonly head: number;
  /** Absent = now. */
  readonly at: number | undefined;
  readonly onChange: (at: number | undefined) => void;
  readonly label?: string;
}

/** Which position of a stream is looked at. */
export const PositionBar = ({ head, at, onChange, label = "Position" }: PositionBarProps) => (
  <div className="position-bar">
    <label>
      {label}{" "}
      <input
        type="range"
        min={0}
        max={head}
        value={at ?? head}
        aria-valuetext={at === undefined ? `now, ${head}` : `${at} of ${head}`}
        onChange={({ target }) => onChange(Number(target.value))}
      />
    </label>
    <span className="mono">
      {at ?? head} of {head}
    </span>
    {at === undefined ? null : (
      <Button small onClick={() => onChange(undefined)}>
        Back to now
      </Button>
    )}
  </div>
);
