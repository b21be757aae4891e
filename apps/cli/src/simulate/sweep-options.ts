import { MAX_RUNS, readSeeds as read, readAxis, type SweepAxis } from "@parley/runtime/simulation";
import { UsageError } from "../report/exit.ts";

/** `1..100`, `1,2,5`, or both: `1..3,9`. */
export const readSeeds = (text: string | undefined): readonly bigint[] | undefined => {
  if (text === undefined) return undefined;
  const seeds = read(text);
  if (!seeds.ok) throw new UsageError(`--seeds ${seeds.reason}`);
  return seeds.value;
};

/** `KEY=1,2,3`, as often as wanted: one axis each. */
export const readParams = (texts: readonly string[]): readonly SweepAxis[] =>
  texts.map((text) => {
    const at = text.indexOf("=");
    if (at <= 0) throw new UsageError(`--param takes KEY=VALUE,VALUE…, not ${text}`);
    const axis = readAxis(text.slice(0, at), text.slice(at + 1));
    if (!axis.ok) throw new UsageError(`--param: ${axis.reason}`);
    return axis.value;
  });

export const readJobs = (text: string | undefined): number => {
  if (text === undefined) return 1;
  if (!/^[1-9]\d?$/.test(text)) throw new UsageError(`--jobs takes a number from 1 to 99, not ${text}`);
  return Number(text);
};

/** Stops before a sweep nobody would wait for. */
export const checkSize = (runs: number): number => {
  if (runs > MAX_RUNS) throw new UsageError(`the sweep has ${runs} runs, ${MAX_RUNS} is the most`);
  return runs;
};
