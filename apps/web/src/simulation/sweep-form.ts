import { MAX_RUNS, readAxis, readSeeds, type SweepPlan, sweepSize } from "@parley/runtime/simulation";
import type { SweepForm } from "./simulation.ts";

export type ReadForm =
  | { readonly ok: true; readonly plan: SweepPlan; readonly size: number }
  | { readonly ok: false; readonly why: string };

/** What a form asks for, or the first thing wrong with it. */
export const readForm = ({ seeds, params }: SweepForm): ReadForm => {
  const read = seeds.trim() === "" ? undefined : readSeeds(seeds);
  if (read?.ok === false) return { ok: false, why: `Seeds: ${read.reason}` };
  const axes = [];
  for (const { path, values } of params) {
    if (path.trim() === "" && values.trim() === "") continue;
    const axis = readAxis(path, values);
    if (!axis.ok) return { ok: false, why: `Parameter: ${axis.reason}` };
    axes.push(axis.value);
  }
  const plan: SweepPlan = { axes, ...(read === undefined ? {} : { seeds: read.value }) };
  const size = sweepSize(plan);
  return size > MAX_RUNS
    ? { ok: false, why: `That would be ${size} runs; ${MAX_RUNS} is the most` }
    : { ok: true, plan, size };
};

/** Parameters as one text for an address: `network.loss_probability=0,0.1;steps=10`. */
export const paramsText = ({ params }: SweepForm): string =>
  params
    .filter(({ path }) => path.trim() !== "")
    .map(({ path, values }) => `${path.trim()}=${values.trim()}`)
    .join(";");

/** Reads what `paramsText` wrote. */
export const paramsOf = (text: string): SweepForm["params"] =>
  text
    .split(";")
    .filter((part) => part.includes("="))
    .map((part) => ({ path: part.slice(0, part.indexOf("=")), values: part.slice(part.indexOf("=") + 1) }));
