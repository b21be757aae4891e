import { spanOfTime } from "../log-event.ts";
import type { Watch } from "./operation-rows.ts";

/** Where an operation stands in the three windows that its contract gives it. */
export interface ProgressClock {
  /** How full each window is, 0…1: stalled after the first, degraded after the second, timed out after the third. */
  readonly windows: readonly [number, number, number];
  readonly words: string;
}

const windowsOf = { pending: 1, noProgress: 2, degraded: 3, timedOut: 3 } as const;
const nextWords = {
  pending: "stalls",
  noProgress: "is degraded",
  degraded: "times out",
  timedOut: "",
} as const;

const part = (elapsed: number, window: number, index: number): number =>
  window <= 0 ? 1 : Math.min(1, Math.max(0, (elapsed - index * window) / window));

/** The clock of a watched operation at a session time. */
export const progressClock = ({ state, since, window }: Watch, now: number): ProgressClock => {
  const elapsed = Math.max(0, now - since);
  const windows = [0, 1, 2].map((index) => part(elapsed, window, index)) as [number, number, number];
  const spent = `${spanOfTime(elapsed)} since it began`;
  if (state === "timedOut") return { windows: [1, 1, 1], words: `${spent}, no time left` };
  const left = since + windowsOf[state] * window - now;
  const next = nextWords[state];
  return { windows, words: `${spent}, ${next} ${left > 0 ? `in ${spanOfTime(left)}` : "now"}` };
};
