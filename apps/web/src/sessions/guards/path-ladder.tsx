import type { ReceiptJson } from "@parley/wire/http";
import { useQuery } from "@tanstack/react-query";
import { HashText } from "../../ui/hash-text.tsx";
import { Icon } from "../../ui/icon.tsx";

/** The hashes from a receipt's leaf to the root, each made in this browser from the one below and its sibling. */
export const PathLadder = ({ receipt }: { readonly receipt: ReceiptJson }) => {
  const { data } = useQuery({
    queryKey: ["receipt-path", receipt.id, receipt.seal.root],
    queryFn: async () => {
      const { pathNodes } = await import("@parley/runtime/guards");
      return pathNodes(receipt.id, receipt.path);
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!data) return null;
  const leads = data.at(-1) === receipt.seal.root;
  return (
    <details className="ladder">
      <summary>
        The path, {receipt.path.length} {receipt.path.length === 1 ? "step" : "steps"} to the root of{" "}
        {receipt.seal.size} {receipt.seal.size === 1 ? "receipt" : "receipts"}
      </summary>
      <ol className="plain" aria-label="Path to the root">
        {data.map((hash, at) => {
          const step = receipt.path[at - 1];
          return (
            <li key={hash}>
              {step === undefined ? (
                <>
                  leaf {receipt.index}: <HashText value={hash} />
                </>
              ) : (
                <>
                  with <HashText value={step.sibling} /> on its {step.side}: <HashText value={hash} />
                </>
              )}
            </li>
          );
        })}
        <li className={leads ? "ok-note" : "bad-note"}>
          <Icon name={leads ? "check" : "cross"} size={12} /> {leads ? "is" : "is not"} the root that was
          signed
        </li>
      </ol>
    </details>
  );
};
