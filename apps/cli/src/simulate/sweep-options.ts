import type { SweepAxis } from "@parley/runtime/simulation";
import { UsageError } from "../report/exit.ts";

const MAX_RUNS = 1_000_000;

const seedOf = (text: string): bigint => {
  if (!/^\d{1,19}$/.test(text)) throw new UsageError(`--seeds takes 1..100 or 1,2,5, not ${text}`);
  return BigInt(text);
};

/** `1..100`, `1,2,5`, or both: `1..3,9`. */
export const readSeeds = (text: string | undefined): readonly bigint[] | undefined =>
  text?.split(",").flatMap((part) => {
    const [first = "", last, ...more] = part.split("..");
    if (more.length > 0) throw new UsageError(`--seeds takes 1..100 or 1,2,5, not ${text}`);
    const [from, to] = [seedOf(first), seedOf(last ?? first)];
    if (to < from || to - from >= MAX_RUNS)
      throw new UsageError(`--seeds: ${part} is empty, or more than ${MAX_RUNS} seeds`);
    return Array.from({ length: Number(to - from) + 1 }, (_, i) => from + BigInt(i));
  });

const paramValue = (text: string): unknown => {
  if (/^[+-]?\d+$/.test(text)) return BigInt(text);
  if (/^(true|false)$/.test(text)) return text === "true";
  return text !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
};

/** `KEY=1,2,3`, as often as wanted: one axis each. */
export const readParams = (texts: readonly string[]): readonly SweepAxis[] =>
  texts.map((text) => {
    const at = text.indexOf("=");
    if (at <= 0) throw new UsageError(`--param takes KEY=VALUE,VALUE…, not ${text}`);
    const values = text
      .slice(at + 1)
      .split(",")
      .filter((part) => part !== "");
    if (values.length === 0) throw new UsageError(`--param ${text} names no value`);
    return { path: text.slice(0, at), values: values.map(paramValue) };
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
