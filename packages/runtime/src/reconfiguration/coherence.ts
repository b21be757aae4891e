import type { SessionFootprint } from "@parley/wire";
import { sessionsOf } from "./footprint.ts";

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

const holders = (
  footprints: ReadonlyMap<string, SessionFootprint>,
  holds: (footprint: SessionFootprint) => boolean,
): readonly string[] =>
  [...footprints]
    .filter(([, footprint]) => holds(footprint))
    .map(([authority]) => authority)
    .sort();

/**
 * The coherence rules (spec/aura-runtime.md §12.3), asked of every session in
 * order of its id: at most one active owner (native or delegated in); a
 * session delegated out by anybody is delegated in at exactly one, and out by
 * exactly one. Empty when all holds.
 */
export const coherenceViolations = (
  footprints: ReadonlyMap<string, SessionFootprint>,
): readonly CoherenceViolation[] => {
  const sessions = [...new Set([...footprints.values()].flatMap(sessionsOf))].sort();
  return sessions.flatMap((session): CoherenceViolation[] => {
    const active = holders(
      footprints,
      ({ native, delegatedIn }) => native.includes(session) || delegatedIn.includes(session),
    );
    const receivers = holders(footprints, ({ delegatedIn }) => delegatedIn.includes(session));
    const givers = holders(footprints, ({ delegatedOut }) => delegatedOut.includes(session));
    const violations: CoherenceViolation[] = [];
    if (active.length > 1) violations.push({ kind: "owners", session, authorities: active });
    if (givers.length > 0 && receivers.length !== 1)
      violations.push({ kind: "receivers", session, authorities: receivers });
    if (givers.length > 1) violations.push({ kind: "givers", session, authorities: givers });
    return violations;
  });
};
