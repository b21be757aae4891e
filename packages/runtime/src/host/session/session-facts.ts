import type { MachineEvent, SessionPin } from "@parley/wire";
import { edgeFacts } from "../../journal/edge-facts.ts";
import type { CodeImage } from "../../machine/code/image.ts";

/** A fact that an entry's rounds record in the session's context. */
export interface SentFact {
  readonly fact: string;
  /** The role whose send recorded it. */
  readonly role: string;
  readonly edgeId: string;
  readonly label: string;
}

const cache = new WeakMap<CodeImage, ReadonlyMap<string, readonly string[]>>();

/** Facts by edge id, for the edges that name any. */
const factsByEdge = (image: CodeImage): ReadonlyMap<string, readonly string[]> => {
  const known = cache.get(image);
  if (known !== undefined) return known;
  const facts = new Map<string, readonly string[]>();
  for (const program of image.programs)
    for (const state of program.states) {
      if (state.kind !== "send") continue;
      for (const branch of state.branches) {
        const named = branch.control === undefined ? edgeFacts(branch.annotations) : [];
        if (named.length > 0) facts.set(branch.edgeId, named);
      }
    }
  cache.set(image, facts);
  return facts;
};

/** The facts of every send among the events, in order. */
export const sentFacts = (image: CodeImage, events: readonly MachineEvent[]): readonly SentFact[] => {
  const facts = factsByEdge(image);
  if (facts.size === 0) return [];
  return events.flatMap((event) =>
    event.kind === "sent" && event.control === undefined
      ? (facts.get(event.edgeId) ?? []).map((fact) => ({
          fact,
          role: event.edge.from,
          edgeId: event.edgeId,
          label: event.label,
        }))
      : [],
  );
};

/** Who records a role's facts: the authority in its seat, else the role itself. */
export const recorderOf = ({ seats }: Pick<SessionPin, "seats">, role: string): string =>
  seats.find((seat) => seat.role === role)?.authority ?? role;
