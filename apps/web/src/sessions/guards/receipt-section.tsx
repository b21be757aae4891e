import type { AuthorityView, ReceiptView } from "@parley/wire/http";
import { Link } from "@tanstack/react-router";
import { ReceiptCheck } from "../../authorities/receipt-check.tsx";
import { HashText } from "../../ui/hash-text.tsx";
import { PathLadder } from "./path-ladder.tsx";

interface ReceiptProps {
  readonly view: ReceiptView;
  readonly authority: AuthorityView | undefined;
}

/** The receipt of a message: what was charged, who signed, and its check in this browser. */
export const ReceiptSection = ({ view, authority }: ReceiptProps) => {
  const { receipt, seq, simulated } = view;
  const { charge, seal } = receipt;
  const { context, peer } = charge;
  return (
    <section aria-label="Receipt" className="guard-receipt">
      <h3>Receipt</h3>
      <dl className="facts">
        <dt>id</dt>
        <dd>
          <Link
            to="/authorities/$id"
            params={{ id: charge.authority }}
            search={{ tab: "receipts", context, peer, receipt: receipt.id }}
          >
            <HashText value={receipt.id} />
          </Link>
        </dd>
        <dt>charge</dt>
        <dd>
          {charge.cost} from {charge.authority} to {peer}, epoch {charge.epoch}, nonce {charge.nonce}
        </dd>
        <dt>settled</dt>
        <dd>{simulated ? "in a what-if, by a throw-away key" : `entry #${seq} of ${charge.authority}`}</dd>
        <dt>signed</dt>
        <dd>
          by {seal.device}, leaf {receipt.index} of {seal.size}
        </dd>
        <dt>before it</dt>
        <dd>{/^0+$/.test(charge.prev) ? "none: the first of its pair" : <HashText value={charge.prev} />}</dd>
      </dl>
      {authority ? <ReceiptCheck key={receipt.id} view={authority} receipt={view} /> : null}
      <PathLadder receipt={receipt} />
    </section>
  );
};
