import type { Compat } from "@parley/core/diff";
import { useEffect, useRef, useState } from "react";
import type { CompareAnswer, ComparedText, CompareRequest } from "./compare.ts";

type Differences = Extract<CompareAnswer, { kind: "differences" }>;

/** What is known of the two texts so far. */
export interface Comparison {
  readonly differences: Differences | undefined;
  readonly compat: Compat | undefined;
  /** The worker broke down; nothing more will come. */
  readonly failed: Error | undefined;
}

const NOTHING: Comparison = { differences: undefined, compat: undefined, failed: undefined };

/** Compares two texts in a worker of their own; answers about earlier texts are never seen. */
export const useComparison = (
  texts: { readonly old: ComparedText; readonly new: ComparedText } | undefined,
): Comparison => {
  const [comparison, setComparison] = useState(NOTHING);
  const key = useRef(0);
  const old = texts?.old;
  const now = texts?.new;
  useEffect(() => {
    setComparison(NOTHING);
    if (old === undefined || now === undefined) return;
    const worker = new Worker(new URL("./compare-worker.ts", import.meta.url), { type: "module" });
    key.current += 1;
    worker.addEventListener("message", ({ data }: MessageEvent<CompareAnswer>) =>
      setComparison((before) =>
        data.kind === "differences" ? { ...before, differences: data } : { ...before, compat: data.compat },
      ),
    );
    worker.addEventListener("error", ({ message }) =>
      setComparison((before) => ({ ...before, failed: new Error(message || "The comparison stopped") })),
    );
    const request: CompareRequest = { key: key.current, old, new: now };
    worker.postMessage(request);
    return () => worker.terminate();
  }, [old, now]);
  return comparison;
};
