import { type CheckStep, CheckSteps } from "../ui/browser-check.tsx";

type Step = Omit<CheckStep, "title">;

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
  readonly label?: string;
}) => (
  <CheckSteps
    steps={steps.map((step) => ({ ...step, title: names[step.step] ?? step.step }))}
    {...(label === undefined ? {} : { label })}
  />
);
