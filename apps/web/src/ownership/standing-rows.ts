import type { OwnershipView } from "@parley/wire/http";
import { classWords, scopeWords } from "./ownership-data.ts";

/** One thing a handoff would move, as it stood before and after something was tried. */
export interface StandingRow {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly same: boolean;
}

type Part = readonly [
  name: string,
  of: (view: OwnershipView) => unknown,
  words: (view: OwnershipView) => string,
];

const listed = (items: readonly string[]): string => items.join(", ") || "none";

const parts: readonly Part[] = [
  ["Owner", ({ owner }) => owner?.owner ?? null, ({ owner }) => owner?.owner ?? "nobody"],
  ["Generation", ({ generation }) => generation, ({ generation }) => String(generation)],
  [
    "Scope",
    ({ owner, boundary }) => [owner?.scope ?? null, boundary],
    ({ owner }) => (owner === null ? "nothing" : scopeWords(owner.scope)),
  ],
  [
    "Fragments",
    ({ fragments }) => fragments,
    ({ fragments }) => listed(fragments.map(({ key, owner }) => `${key}: ${owner}`)),
  ],
  [
    "Footprints",
    ({ rights }) => rights.map(({ authority, footprint }) => [authority, footprint]),
    ({ rights }) =>
      listed(
        rights.flatMap(({ authority, footprint }) =>
          footprint === null ? [] : [`${authority}: ${classWords[footprint]}`],
        ),
      ),
  ],
];

/**
 * Everything a handoff moves, in two views of a session's ownership side by
 * side. Whether a row is the same is found in the views, not in its words.
 */
export const standingRows = (before: OwnershipView, after: OwnershipView): readonly StandingRow[] =>
  parts.map(([name, of, words]) => ({
    name,
    before: words(before),
    after: words(after),
    same: JSON.stringify(of(before)) === JSON.stringify(of(after)),
  }));
