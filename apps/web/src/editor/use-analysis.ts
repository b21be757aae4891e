import { useEffect, useRef, useState } from "react";
import type { AnalysisRequest, AnalysisResult, Pictures } from "./analysis.ts";

/** What the analysis says now, and the last pictures of a sound text. */
export interface Analysed {
  readonly result: AnalysisResult | undefined;
  readonly lastSound: Pictures | undefined;
  /** The text has changed since `result`. */
  readonly stale: boolean;
}

const DELAY_MS = 60;

/**
 * Analyses a text in a worker. One request is under way at a time; what was
 * typed meanwhile is asked next, so a slow answer never piles up.
 */
export const useAnalysis = (text: string): Analysed => {
  const [result, setResult] = useState<AnalysisResult>();
  const [lastSound, setLastSound] = useState<Pictures>();
  const [version, setVersion] = useState(0);
  const worker = useRef<Worker>(undefined);
  const busy = useRef(false);
  const wanted = useRef<AnalysisRequest>(undefined);

  useEffect(() => {
    const made = new Worker(new URL("./analysis-worker.ts", import.meta.url), { type: "module" });
    worker.current = made;
    made.addEventListener("message", ({ data }: MessageEvent<AnalysisResult>) => {
      busy.current = false;
      if (wanted.current) {
        busy.current = true;
        made.postMessage(wanted.current);
        wanted.current = undefined;
      }
      setResult((before) => (before && before.version > data.version ? before : data));
      if (data.pictures) setLastSound(data.pictures);
    });
    return () => made.terminate();
  }, []);

  useEffect(() => {
    const timer = setTimeout(() => {
      setVersion((before) => {
        const request = { version: before + 1, text };
        if (busy.current) wanted.current = request;
        else {
          busy.current = true;
          worker.current?.postMessage(request);
        }
        return before + 1;
      });
    }, DELAY_MS);
    return () => clearTimeout(timer);
  }, [text]);

  return { result, lastSound, stale: result === undefined || result.version < version };
};
