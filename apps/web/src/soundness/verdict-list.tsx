import type { BufferUse, Counterexample, Run } from "@parley/core/explore";
import { Button } from "../ui/button.tsx";
import { Chip } from "../ui/chip.tsx";
import { Icon, type IconName } from "../ui/icon.tsx";
import { type SampleVerdict, sizesText } from "./soundness.ts";
import { type Verdict, verdictsOf } from "./verdict-words.ts";

/** A run worth looking at, and what it comes to. */
export interface ShownRun {
  readonly sample: SampleVerdict;
  readonly run: Run;
  readonly title: string;
  readonly end: string;
  readonly bad: boolean;
}

const icons: Record<Verdict["answer"], IconName> = { yes: "check", no: "cross", unknown: "warn" };

/** The shortest run into a fault. */
export const faultRun = (sample: SampleVerdict, fault: Counterexample): ShownRun => ({
  sample,
  run: fault,
  title: "A shortest run that gets stuck",
  end: fault.why,
  bad: true,
});

const fullRun = (sample: SampleVerdict, { from, to, max }: BufferUse, run: Run): ShownRun => ({
  sample,
  run,
  title: `A shortest run that puts ${max} on the way from ${from} to ${to}`,
  end: `${max} ${max === 1 ? "message is" : "messages are"} on the way from ${from} to ${to}.`,
  bad: false,
});

interface VerdictListProps {
  readonly sample: SampleVerdict;
  readonly shown: ShownRun | undefined;
  readonly onShow: (run: ShownRun) => void;
}

const Buffers = ({ sample, shown, onShow }: VerdictListProps) => (
  <ul className="soundness-buffers">
    {sample.sound.exploration.buffers.map((buffer) => {
      const { from, to, max, run } = buffer;
      return (
        <li key={`${from} ${to}`}>
          <span>
            {from} → {to}: at most {max}
          </span>
          {run ? (
            <Button
              small
              variant="quiet"
              aria-pressed={shown?.run === run}
              aria-label={`Show a run with ${max} on the way from ${from} to ${to}`}
              onClick={() => onShow(fullRun(sample, buffer, run))}
            >
              Show a run
            </Button>
          ) : null}
        </li>
      );
    })}
  </ul>
);

/** Everything that was asked of one sample, with its answer and how it is known. */
export const VerdictList = ({ sample, shown, onShow }: VerdictListProps) => {
  const sizes = sizesText(sample.bindings);
  const { faults } = sample.sound.exploration;
  return (
    <section aria-label={sizes === "" ? "Verdicts" : `Verdicts with ${sizes}`}>
      {sizes === "" ? null : <h3>With {sizes}</h3>}
      <ul>
        {verdictsOf(sample.sound).map(({ id, title, answer, short, sentence, proof }) => (
          <li key={id} className={`soundness-verdict ${answer}`} data-verdict={id}>
            <Icon name={icons[answer]} />
            <div>
              <h4>
                {title}: {short}
                <Chip>{proof}</Chip>
              </h4>
              <p>{sentence}</p>
              {id === "deadlocks"
                ? faults.map((fault) => (
                    <p key={fault.kind}>
                      <Button
                        small
                        aria-pressed={shown?.run === fault}
                        onClick={() => onShow(faultRun(sample, fault))}
                      >
                        Show the run: {fault.why}
                      </Button>
                    </p>
                  ))
                : null}
              {id === "buffers" ? <Buffers sample={sample} shown={shown} onShow={onShow} /> : null}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
};
