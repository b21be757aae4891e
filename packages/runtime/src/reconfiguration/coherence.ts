import type { SessionFootprint } from "@parley/wire";

/** How footprints contradict each other about one session. */
export type CoherenceViolation =
  | { readonly kind: "owners"; readonly session: string; readonly authorities: readonly string[] }
  | { readonly kind: "receivers"; readonly session: string; readonly authorities: readonly string[] }
  | { readonly kind: "givers"; readonly session: string; readonly authorities: readonly string[] };

export const violationText = ({ kind, session, authorities }: CoherenceViolation): string => {
  const who = authorities.length === 0 ? "nobody" : authorities.join(", ");
  switch (kind) {
    case "owners":
      return `session ${session} has more than one active owner: ${who}`;
    case "receivers":
      return `session ${session} is delegated out and held by ${who}, where one must hold it`;
    case "givers":
      return `session ${session} is delegated out by ${who}, where one may`;
  }
};

/** Who has to do with one session, and how. */
interface Holders {
  readonly active: Set<string>;
  readonly receivers: Set<string>;
  readonly givers: Set<string>;
}

/** Every session of the footprints with its holders, in one pass. */
const holdersOf = (footprints: ReadonlyMap<string, SessionFootprint>): ReadonlyMap<string, Holders> => {
  const found = new Map<string, Holders>();
  const of = (session: string): Holders => {
    const known = found.get(session) ?? { active: new Set(), receivers: new Set(), givers: new Set() };
    found.set(session, known);
    return known;
  };
  for (const [authority, { native, delegatedIn, delegatedOut }] of footprints) {
    for (const session of native) of(session).active.add(authority);
    for (const session of delegatedIn) {
      of(session).active.add(authority);
      of(session).receivers.add(authority);
    }
    for (const session of delegatedOut) of(session).givers.add(authority);
  }
  return found;
};

const violationsOf = (session: string, holders: Holders): readonly CoherenceViolation[] => {
  const [active, receivers, givers] = [holders.active, holders.receivers, holders.givers].map((set) =>
    [...set].sort(),
  ) as [string[], string[], string[]];
  const violations: CoherenceViolation[] = [];
  if (active.length > 1) violations.push({ kind: "owners", session, authorities: active });
  if (givers.length > 0 && receivers.length !== 1)
    violations.push({ kind: "receivers", session, authorities: receivers });
  if (givers.length > 1) violations.push({ kind: "givers", session, authorities: givers });
  return violations;
};

/**
 * The coherence rules (spec/aura-runtime.md §12.3), asked of every session in
 * order of its id: at most one active owner (native or delegated in); a
 * session delegated out by anybody is delegated in at exactly one, and out by
 * exactly one. Empty when all holds. Time grows with the sessions in all
 * footprints, not with their product.
 *
 * @example coherenceViolations(new Map([["ada", footprint]]))
 */
export const coherenceViolations = (
  footprints: ReadonlyMap<string, SessionFootprint>,
): readonly CoherenceViolation[] =>
  [...holdersOf(footprints)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([session, holders]) => violationsOf(session, holders));
