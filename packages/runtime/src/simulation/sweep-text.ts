import type { SweepAxis } from "./sweep.ts";

/** What was written for a sweep, or why it cannot be read. */
export type ReadSweepText<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string };

/** Runs a sweep may have. */
export const MAX_RUNS = 1_000_000;

const bad = (reason: string): { readonly ok: false; readonly reason: string } => ({ ok: false, reason });

/**
 * Seeds as `1..100`, `1,2,5`, or both.
 *
 * @example readSeeds("1..3,9") // { ok: true, value: [1n, 2n, 3n, 9n] }
 */
export const readSeeds = (text: string): ReadSweepText<readonly bigint[]> => {
  const seeds: bigint[] = [];
  for (const part of text.split(",")) {
    const match = /^\s*(\d{1,19})\s*(?:\.\.\s*(\d{1,19})\s*)?$/.exec(part);
    if (match === null) return bad(`takes 1..100 or 1,2,5, not ${text}`);
    const [from, to] = [BigInt(match[1] ?? ""), BigInt(match[2] ?? match[1] ?? "")];
    if (to < from || to - from >= MAX_RUNS)
      return bad(`${part.trim()} is empty, or more than ${MAX_RUNS} seeds`);
    for (let seed = from; seed <= to; seed += 1n) seeds.push(seed);
    if (seeds.length > MAX_RUNS) return bad(`more than ${MAX_RUNS} seeds`);
  }
  return { ok: true, value: seeds };
};

/** A value as a scenario would have it: a whole number, a number, true or false, else a text. */
const paramValue = (text: string): unknown => {
  if (/^[+-]?\d+$/.test(text)) return BigInt(text);
  if (/^(true|false)$/.test(text)) return text === "true";
  return text !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
};

/** One key and the values it takes: `network.loss_probability`, `0,0.1`. */
export const readAxis = (path: string, values: string): ReadSweepText<SweepAxis> => {
  const key = path.trim();
  const parts = values
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  if (key === "") return bad("a parameter needs the key it sets");
  return parts.length === 0
    ? bad(`${key} names no value`)
    : { ok: true, value: { path: key, values: parts.map(paramValue) } };
};
