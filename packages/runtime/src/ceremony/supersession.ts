import type { CeremonyKind, Hash, SupersessionReason } from "@parley/wire";
import type { Ceremonies, Ceremony } from "./ceremony.ts";

/** A ceremony that a new one would take the place of, and why. */
export interface SupersessionCandidate {
  readonly ceremony: Ceremony;
  readonly reason: SupersessionReason;
}

/**
 * Live ceremonies of a context and kind that stand in the way of a new one:
 * begun upon another prestate they are stale, upon the same one they are
 * older requests for the same thing.
 */
export const supersessionCandidates = (
  ceremonies: Ceremonies,
  asked: { readonly context: string; readonly kind: CeremonyKind; readonly prestate: Hash },
): readonly SupersessionCandidate[] =>
  [...ceremonies.values()]
    .filter(
      ({ context, kind, outcome }) => context === asked.context && kind === asked.kind && outcome === null,
    )
    .map((ceremony) => ({
      ceremony,
      reason: { code: ceremony.prestate === asked.prestate ? "newer_request" : "prestate_stale" },
    }));

/** One step of a chain: who took whose place, why and when. */
export interface SupersessionLink {
  readonly old: string;
  readonly by: string;
  readonly reason: SupersessionReason;
  readonly at: number;
}

/**
 * Every supersession that leads to a ceremony or from it, however far, oldest
 * first: who was replaced by whom until the one that stands.
 */
export const supersessionChain = (ceremonies: Ceremonies, id: string): readonly SupersessionLink[] => {
  const links = [...ceremonies.values()].flatMap(({ id: old, outcome }): SupersessionLink[] =>
    outcome?.kind === "superseded" ? [{ old, by: outcome.by, reason: outcome.reason, at: outcome.at }] : [],
  );
  const reached = new Set([id]);
  for (let before = 0; before !== reached.size; ) {
    before = reached.size;
    for (const { old, by } of links) if (reached.has(old) || reached.has(by)) reached.add(old).add(by);
  }
  return links.filter(({ old }) => reached.has(old)).sort((a, b) => a.at - b.at || (a.old < b.old ? -1 : 1));
};

export const isSuperseded = (ceremonies: Ceremonies, id: string): boolean =>
  ceremonies.get(id)?.outcome?.kind === "superseded";
