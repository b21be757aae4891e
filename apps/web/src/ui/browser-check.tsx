import { type ReactNode, useState } from "react";
import { Button } from "./button.tsx";
import { Chip } from "./chip.tsx";
import { Icon } from "./icon.tsx";

/** One step of a check: named, passed or failed, with what was compared. */
export interface CheckStep {
  readonly step: string;
  readonly title: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly expected?: string | undefined;
  readonly actual?: string | undefined;
}

/** The steps of a check in their order. */
export const CheckSteps = ({
  steps,
  label = "Steps of the check",
  className = "steps",
}: {
  readonly steps: readonly CheckStep[];
  readonly label?: string;
  readonly className?: string;
}) => (
  <ol className={className} aria-label={label}>
    {steps.map(({ step, title, ok, detail, expected, actual }) => (
      <li key={step} className={ok ? "ok" : "bad"} data-step={step} data-ok={ok}>
        <Icon name={ok ? "check" : "cross"} size={14} />
        <span>
          <strong>{title}</strong>: {ok ? "passed" : "failed"}. {detail}
          {ok || expected === undefined ? null : (
            <small className="mono compared">
              expected {expected}, found {actual ?? "nothing"}
            </small>
          )}
        </span>
      </li>
    ))}
  </ol>
);

/** Which bit is turned to see that it is noticed; none while the thing is whole. */
export interface Flips {
  readonly flips: number | undefined;
  readonly next: () => void;
  readonly undo: () => void;
}

export const useFlips = (): Flips => {
  const [flips, setFlips] = useState<number>();
  return {
    flips,
    next: () => setFlips((before) => (before === undefined ? 0 : before + 1)),
    undo: () => setFlips(undefined),
  };
};

interface VerdictProps {
  /** Undefined while it is being checked. */
  readonly ok: boolean | undefined;
  readonly flips: Flips;
  /** Where the turned bit is. */
  readonly where: string | undefined;
  readonly className?: string;
}

/** What came of a check, and the way to turn a bit and back. */
export const CheckVerdict = ({ ok, flips, where, className = "row" }: VerdictProps): ReactNode => (
  <div className={className}>
    {ok === undefined ? null : (
      <Chip tone={ok ? "ok" : "bad"} icon={ok ? "check" : "cross"}>
        {ok ? "verified" : "rejected"}
      </Chip>
    )}
    <Button small onClick={flips.next}>
      Flip a bit
    </Button>
    {flips.flips === undefined ? null : (
      <>
        <span role="status">
          One bit of <code>{where}</code> is turned.
        </span>
        <Button small variant="quiet" onClick={flips.undo}>
          As it was
        </Button>
      </>
    )}
  </div>
);
