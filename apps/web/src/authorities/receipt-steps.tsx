import { Icon } from "../ui/icon.tsx";

interface Step {
  readonly step: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly expected?: string | undefined;
  readonly actual?: string | undefined;
}

const names: Readonly<Record<string, string>> = {
  id: "Its id is the hash of its charge",
  path: "The path belongs to its leaf",
  root: "The path leads to the root",
  signature: "The root is signed",
  key: "The key was bound to the device",
  chain: "It follows the receipt before it",
  nonce: "The nonce adds up",
};

/** A verification step by step: each named, passed or failed, with what was compared. */
export const ReceiptSteps = ({
  steps,
  label,
}: {
  readonly steps: readonly Step[];
  readonly label: string;
}) => (
  <ol className="steps" aria-label={label}>
    {steps.map(({ step, ok, detail, expected, actual }) => (
      <li key={step} className={ok ? "ok" : "bad"} data-step={step} data-ok={ok}>
        <Icon name={ok ? "check" : "cross"} size={14} />
        <span>
          <strong>{names[step] ?? step}</strong>: {ok ? "passed" : "failed"}. {detail}
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
