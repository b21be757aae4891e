import { useQuery } from "@tanstack/react-query";
import { api } from "../api/api.ts";
import { CheckVerdict, useFlips } from "../ui/browser-check.tsx";
import { HashLine } from "../ui/hash-text.tsx";
import { Icon } from "../ui/icon.tsx";
import { ErrorState, LoadingState } from "../ui/states.tsx";
import { checkProof } from "./check-proof.ts";
import { partOf } from "./context-data.ts";

interface ProofProps {
  readonly context: string;
  readonly fact: string;
  readonly replica: string | undefined;
  readonly at: number | undefined;
}

type Step = Awaited<ReturnType<typeof checkProof>>["steps"][number];

const says = ({ step, pass, depth }: Step): string => {
  switch (step) {
    case "shape":
      return pass
        ? "Every part is a hash in its place and the bucket holds the id."
        : "A part is no hash in its place, or the bucket does not hold the id.";
    case "bucket":
      return `The ids of the bucket, ${depth} digits deep, hashed together.`;
    case "branch":
      return `With its fifteen siblings, ${depth === 0 ? "at the top" : `${depth} digits deep`}.`;
    case "root":
      return pass ? "What came out is the root." : "What came out is another hash than the root.";
  }
};

const Steps = ({ steps }: { readonly steps: readonly Step[] }) => (
  <ol className="steps" aria-label="Steps of the proof">
    {steps.map(({ step, pass, depth, hash }) => (
      <li key={`${step} ${depth}`} className={pass ? "ok" : "bad"} data-step={step} data-ok={pass}>
        <Icon name={pass ? "check" : "cross"} size={14} />
        <span>
          <strong>{step}</strong>: {pass ? "passed" : "failed"}. {says({ step, pass, depth, hash })}
          <small className="mono compared">{hash}</small>
        </span>
      </li>
    ))}
  </ol>
);

/** The proof that a root holds a fact, checked in this browser, whole or with a bit turned. */
export const ProofCheck = ({ context, fact, replica, at }: ProofProps) => {
  const flipping = useFlips();
  const { flips } = flipping;
  const proof = useQuery({
    queryKey: partOf(context, "proof", fact, replica, at),
    queryFn: () => api.contexts.proof(context, { fact, replica, at }),
  });
  const checked = useQuery({
    queryKey: partOf(context, "proof", fact, replica, at, proof.data?.root, flips),
    queryFn: () => (proof.data ? checkProof(proof.data, flips) : null),
    enabled: proof.data !== undefined,
  });
  if (!proof.data)
    return proof.error ? (
      <ErrorState error={proof.error} retry={() => void proof.refetch()} />
    ) : (
      <LoadingState what="the proof" />
    );
  const { data } = checked;
  return (
    <section aria-label="Proof checked in this browser">
      <h3>Proof, checked in this browser</h3>
      <p className="quiet">
        Root of {replica ?? "all replicas together"} at position {proof.data.at}:
      </p>
      <HashLine name="the root" value={proof.data.root} />
      <CheckVerdict ok={data?.ok} flips={flipping} where={data?.where} />
      {data ? <Steps steps={data.steps} /> : null}
      {checked.error ? <ErrorState error={checked.error} /> : null}
    </section>
  );
};
