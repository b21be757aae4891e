import type { HandoffStepJson, HandoffView } from "@parley/wire/http";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CheckSteps, CheckVerdict, useFlips } from "../ui/browser-check.tsx";
import { flipBit } from "../ui/flip-bit.ts";
import { HashLine } from "../ui/hash-text.tsx";
import { ErrorState, LoadingState } from "../ui/states.tsx";
import { when } from "../ui/when.ts";

const stepNames: { readonly [step in HandoffStepJson["step"]]: string } = {
  "ownership-id": "The ownership receipt has its id",
  "receipt-id": "The handoff has its id",
  "from-signature": "The giver signed",
  "from-key": "The giver's key was bound to the device",
  "to-signature": "The receiver signed",
  "to-key": "The receiver's key was bound to the device",
  generation: "The generation follows the one before",
  agreement: "Both receipts are of one handoff",
  footprints: "Footprints moved this session and nothing else",
};

/** The receipt with nothing in it that is there and undefined: what is hashed has no such thing. */
const receiptOf = ({ boundary: { bundle, ...boundary }, ...rest }: HandoffView["receipt"]) => ({
  ...rest,
  boundary: bundle === undefined ? boundary : { ...boundary, bundle },
});

type Checked = Pick<HandoffView, "receipt" | "signatures">;

const useCheck = (handoff: HandoffView, flips: number | undefined) => {
  const { receipt, signatures, keys, previous } = handoff;
  const whole: Checked = { receipt, signatures };
  const shown = flips === undefined ? { value: whole, where: "" } : flipBit<Checked>(whole, flips);
  const query = useQuery({
    queryKey: ["handoff", receipt.id, flips ?? "whole"],
    queryFn: async () => {
      const { verifyHandoff } = await import("@parley/runtime/reconfiguration");
      return verifyHandoff(
        receiptOf(shown.value.receipt),
        shown.value.signatures,
        keys,
        previous ?? undefined,
      );
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  return { ...query, where: shown.where };
};

/** A receipt of a handoff, checked step by step in this browser, whole or with a bit turned. */
export const HandoffCheck = ({ handoff }: { readonly handoff: HandoffView }) => {
  const flipping = useFlips();
  const { data, error, where } = useCheck(handoff, flipping.flips);
  return (
    <section aria-label="Checked in this browser">
      <h3>Checked in this browser</h3>
      <CheckVerdict ok={data?.ok} flips={flipping} where={where} className="act-row own-row" />
      {data ? (
        <CheckSteps
          className="steps own-steps"
          steps={data.steps.map((step) => ({ ...step, title: stepNames[step.step] }))}
        />
      ) : error ? (
        <ErrorState error={error} />
      ) : (
        <LoadingState what="the check" />
      )}
    </section>
  );
};

/** One handoff: who gave what to whom at which bundle, its fact, and its check. */
export const HandoffReceipt = ({
  handoff,
  onGo,
}: {
  readonly handoff: HandoffView;
  readonly onGo: (seq: number) => void;
}) => {
  const { receipt, seq, at, bundle, movedFragments, coherence, fact, upgrade } = handoff;
  const { ownership } = receipt;
  return (
    <section aria-label="Receipt of the handoff" className="own-receipt">
      <h3>
        Receipt: {ownership.fromOwner} → {ownership.toOwner}
      </h3>
      <dl className="facts">
        <dt>id</dt>
        <dd>
          <HashLine name="the receipt's id" value={receipt.id} />
        </dd>
        <dt>generation</dt>
        <dd>
          {ownership.fromGeneration} → {ownership.toGeneration}
        </dd>
        <dt>bundle</dt>
        <dd>
          <Link to="/reconfiguration/$bundle" params={{ bundle }}>
            {bundle}
          </Link>
        </dd>
        <dt>moved</dt>
        <dd>{movedFragments.length === 0 ? "no fragment" : movedFragments.join(", ")}</dd>
        <dt>when</dt>
        <dd>
          {when(at)}
          {seq === null ? null : (
            <>
              {" "}
              at{" "}
              <button type="button" className="link" onClick={() => onGo(seq)}>
                #{seq}
              </button>
            </>
          )}
        </dd>
        <dt>fact</dt>
        <dd>
          <Link
            to="/journal/$context"
            params={{ context: fact.context }}
            search={{ tab: "facts", fact: fact.id }}
          >
            {fact.id.slice(0, 10)}… in {fact.context}
          </Link>
        </dd>
        <dt>coherence</dt>
        <dd>{coherence}</dd>
        {upgrade === null ? null : (
          <>
            <dt>upgrade</dt>
            <dd>{upgrade.artifacts.map(({ phase }) => phase).join(" → ")}</dd>
          </>
        )}
      </dl>
      <HandoffCheck key={receipt.id} handoff={handoff} />
    </section>
  );
};
