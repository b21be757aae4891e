import type { AuthorityView, ReceiptJson, ReceiptView } from "@parley/wire/http";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { Chip } from "../ui/chip.tsx";
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
  const [flips, setFlips] = useState<number>();
  const shown = flips === undefined ? { value: receipt, where: "" } : flipBit<ReceiptJson>(receipt, flips);
  const { data, error } = useQuery({
    queryKey: partOf(view.id, "checked", receipt.id, flips ?? "whole"),
    queryFn: () => verifyInBrowser(shown.value, view, seq),
  });
  return (
    <section aria-label="Checked in this browser">
      <h3>Checked in this browser</h3>
      <div className="row">
        {data === undefined ? null : data.ok ? (
          <Chip tone="ok" icon="check">
            verified
          </Chip>
        ) : (
          <Chip tone="bad" icon="cross">
            rejected
          </Chip>
        )}
        <Button small onClick={() => setFlips((before) => (before === undefined ? 0 : before + 1))}>
          Flip a bit
        </Button>
        {flips === undefined ? null : (
          <>
            <span role="status">
              One bit of <code>{shown.where}</code> is turned.
            </span>
            <Button small variant="quiet" onClick={() => setFlips(undefined)}>
              As it was
            </Button>
          </>
        )}
      </div>
      {data ? (
        <ReceiptSteps steps={data.steps} label="Steps of the check" />
      ) : error ? (
        <ErrorState error={error} />
      ) : (
        <LoadingState what="the check" />
      )}
    </section>
  );
};
