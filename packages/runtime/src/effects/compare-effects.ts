import { hashValue } from "@parley/wire";
import { firstDifference } from "../trace/compare-traces.ts";
import { type EffectLaw, type EffectTraceEntry, effectLaws } from "./effect-trace.ts";

/** How closely two effect traces are held to each other (spec/simulation.md §19.4). */
export type EffectProfile = "strict" | "envelopeBounded";

export type EffectComparison =
  | { readonly equal: true }
  | {
      readonly equal: false;
      /** The law that is broken; none under `strict`, and where a kind has no law. */
      readonly law: EffectLaw | undefined;
      /** Index in the left trace, where one entry can be named. */
      readonly index: number | undefined;
      readonly detail: string;
    };

/** What an entry says, without its id and its place. */
const meaning = ({ effectId: _id, orderingKey: _key, ...rest }: EffectTraceEntry): unknown => rest;

const digest = (entry: EffectTraceEntry): string => hashValue("parley.effect/1", meaning(entry));

const lawOf = (entry: EffectTraceEntry): EffectLaw | undefined =>
  (effectLaws as { readonly [kind: string]: EffectLaw | undefined })[entry.kind];

const withLaw = (entries: readonly EffectTraceEntry[], law: EffectLaw): readonly EffectTraceEntry[] =>
  entries.filter((entry) => lawOf(entry) === law);

const sorted = (digests: readonly string[]): string => [...digests].sort().join(" ");

const differs = (
  law: EffectLaw | undefined,
  index: number | undefined,
  detail: string,
): EffectComparison => ({
  equal: false,
  law,
  index,
  detail,
});

const broken = (
  law: EffectLaw,
  left: readonly EffectTraceEntry[],
  right: readonly EffectTraceEntry[],
): EffectComparison | undefined => {
  const [ours, theirs] = [withLaw(left, law), withLaw(right, law)];
  if (law === "strict") {
    const at = firstDifference(ours.map(meaning), theirs.map(meaning));
    if (at === undefined) return undefined;
    const entry = ours[at.index] ?? theirs[at.index];
    const index =
      ours[at.index] === undefined ? left.length : left.indexOf(ours[at.index] as EffectTraceEntry);
    return differs(law, index, `${entry?.kind ?? "an effect"} differs, and its order counts`);
  }
  const [a, b] = [ours.map(digest), theirs.map(digest)];
  // Topology is a set: saying it twice is saying it once.
  const equal =
    law === "algebraic" ? sorted([...new Set(a)]) === sorted([...new Set(b)]) : sorted(a) === sorted(b);
  if (equal) return undefined;
  const alone = ours.find((entry) => !b.includes(digest(entry)));
  return differs(law, alone && left.indexOf(alone), `the ${law} effects are not the same ones`);
};

/**
 * Compares two effect traces: entry by entry, or by the law of each kind:
 * strict ones in order, commutative ones in any, algebraic ones as a set.
 *
 * @example compareEffects(trace, swappedSends, "envelopeBounded") // { equal: true }
 */
export const compareEffects = (
  left: readonly EffectTraceEntry[],
  right: readonly EffectTraceEntry[],
  profile: EffectProfile,
): EffectComparison => {
  if (profile === "strict") {
    const at = firstDifference(left.map(meaning), right.map(meaning));
    return at === undefined ? { equal: true } : differs(undefined, at.index, "the effects differ here");
  }
  const strange = [...left, ...right].find((entry) => lawOf(entry) === undefined);
  if (strange !== undefined) return differs(undefined, undefined, `${strange.kind} has no law`);
  for (const law of ["strict", "commutative", "algebraic"] as const) {
    const found = broken(law, left, right);
    if (found !== undefined) return found;
  }
  return { equal: true };
};
