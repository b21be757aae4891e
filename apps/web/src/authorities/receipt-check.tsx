import type { AuthorityView, ReceiptJson, ReceiptView } from "@parley/wire/http";
import { useQuery } from "@tanstack/react-query";
import { CheckVerdict, useFlips } from "../ui/browser-check.tsx";
import { flipBit } from "../ui/flip-bit.ts";
import { ErrorState, LoadingState } from "../ui/states.tsx";
import { partOf } from "./authority-data.ts";
import { ReceiptSteps } from "./receipt-steps.tsx";
import { verifyInBrowser } from "./verify-in-browser.ts";

interface CheckProps {
  readonly view: AuthorityView;
  readonly receipt: ReceiptView;
}

/** A receipt checked in this browser, whole or with a bit turned to see that it is noticed. */
export const ReceiptCheck = ({ view, receipt: { receipt, seq } }: CheckProps) => {
  const flipping = useFlips();
  const { flips } = flipping;
  const shown = flips === undefined ? { value: receipt, where: "" } : flipBit<ReceiptJson>(receipt, flips);
  const { data, error } = useQuery({
    queryKey: partOf(view.id, "checked", receipt.id, flips ?? "whole"),
    queryFn: () => verifyInBrowser(shown.value, view, seq),
  });
  return (
    <section aria-label="Checked in this browser">
      <h3>Checked in this browser</h3>
      <CheckVerdict ok={data?.ok} flips={flipping} where={shown.where} />
      {data ? (
        <ReceiptSteps steps={data.steps} />
      ) : error ? (
        <ErrorState error={error} />
      ) : (
        <LoadingState what="the check" />
      )}
    </section>
  );
};
