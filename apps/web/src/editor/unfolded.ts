/** Families drawn member by member; runs in the worker only. */
import type { Analysis } from "@parley/core";
import { type SequenceModel, staticSequence } from "@parley/core/diagram";

/** A fixed family beyond this many members stays folded: nobody reads so many lanes. */
const WIDEST = 16;

/** The sequence diagram with every family unfolded: a fixed one to its own size, an open one to `size`. */
export const unfolded = ({ seen, kernel }: Analysis, size: number): SequenceModel => {
  const sizes = (seen.protocol?.roles ?? []).flatMap(({ name, param }): readonly [string, number][] => {
    if (param === undefined) return [];
    if (param.kind !== "static") return [[name.text, size]];
    return param.count <= WIDEST ? [[name.text, param.count]] : [];
  });
  // Names in indices stand for the last member, which is always there.
  const values = (kernel?.parameters ?? []).map((name) => [name, size - 1] as const);
  return staticSequence(seen, {
    unfold: Object.fromEntries(sizes),
    values: Object.fromEntries(values),
    maxMessages: 5_000,
  });
};
