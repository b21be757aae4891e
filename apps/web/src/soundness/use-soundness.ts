import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { StudioFile } from "../editor/worker-messages.ts";
import type { Budget, SampleVerdict, SkippedSample, SoundnessAnswer, SoundnessRequest } from "./soundness.ts";

/** Tried by itself once a sound text has been left alone for a moment: small protocols are known at once. */
export const QUICK: Budget = { states: 2_000, bound: 8 };
const SETTLED_MS = 500;

export type Phase = "idle" | "running" | "done" | "stopped" | "failed";

/** What is known of the runs of the text as it is now. */
export interface SoundnessState {
  readonly phase: Phase;
  /** How far the run that is under way, or the last one, looks. */
  readonly budget: Budget;
  /** One per sample that is through. */
  readonly verdicts: readonly SampleVerdict[];
  readonly skipped: readonly SkippedSample[];
  readonly progress: Extract<SoundnessAnswer, { kind: "progress" }> | undefined;
  readonly failed: Error | undefined;
  readonly explore: (budget: Budget) => void;
  readonly stop: () => void;
}

type Known = Omit<SoundnessState, "explore" | "stop">;

const NOTHING: Known = {
  phase: "idle",
  budget: QUICK,
  verdicts: [],
  skipped: [],
  progress: undefined,
  failed: undefined,
};

const after = (before: Known, answer: SoundnessAnswer): Known => {
  switch (answer.kind) {
    case "progress":
      return { ...before, progress: answer };
    case "verdict":
      return { ...before, verdicts: [...before.verdicts, answer.verdict], progress: undefined };
    case "skipped":
      return { ...before, skipped: [...before.skipped, answer.skipped] };
    case "done":
      return { ...before, phase: "done", progress: undefined };
  }
};

interface Asked {
  readonly uri: string;
  readonly text: string;
  readonly files: readonly StudioFile[];
  /** The text is sound, as far as reading and projecting it tells. */
  readonly ready: boolean;
}

/**
 * Tries every run of a sound text in a worker: a little by itself once typing
 * has stopped, further when asked. Another text, or `stop`, ends what is under
 * way; verdicts are only ever those of the text as it is.
 */
export const useSoundness = ({ uri, text, files, ready }: Asked): SoundnessState => {
  const [known, setKnown] = useState(NOTHING);
  const worker = useRef<Worker>(undefined);
  const key = useRef(0);

  const end = useCallback(() => {
    worker.current?.terminate();
    worker.current = undefined;
  }, []);

  const explore = useCallback(
    (budget: Budget) => {
      end();
      key.current += 1;
      setKnown({ ...NOTHING, phase: "running", budget });
      const made = new Worker(new URL("./soundness-worker.ts", import.meta.url), { type: "module" });
      worker.current = made;
      made.addEventListener("message", ({ data }: MessageEvent<SoundnessAnswer>) => {
        if (worker.current !== made) return;
        setKnown((before) => after(before, data));
        if (data.kind === "done") end();
      });
      made.addEventListener("error", ({ message }) => {
        if (worker.current !== made) return;
        end();
        const failed = new Error(message || "Trying the runs came to a stop");
        setKnown((before) => ({ ...before, phase: "failed", progress: undefined, failed }));
      });
      const imports = /^[ \t]*import\b/m.test(text);
      const request: SoundnessRequest = {
        key: key.current,
        own: { uri, source: text },
        files: imports ? files.map((file) => ({ uri: file.uri, source: file.source })) : [],
        budget,
      };
      made.postMessage(request);
    },
    [end, uri, text, files],
  );

  const stop = useCallback(() => {
    end();
    setKnown((before) =>
      before.phase === "running" ? { ...before, phase: "stopped", progress: undefined } : before,
    );
  }, [end]);

  useEffect(() => {
    setKnown((before) => (before.phase === "idle" ? before : NOTHING));
    if (!ready) return;
    const timer = setTimeout(() => explore(QUICK), SETTLED_MS);
    return () => {
      clearTimeout(timer);
      end();
    };
  }, [ready, explore, end]);

  return useMemo(() => ({ ...known, explore, stop }), [known, explore, stop]);
};
