import { edgePath } from "@parley/core";
import type { CodeImage } from "../machine/code/image.ts";
import type { Branch, Program } from "../machine/code/program.ts";

/** The number of a leg: `2#1` → 1; nothing for an edge that is no leg. */
const legNumber = (edgeId: string): number | undefined => {
  const hash = edgeId.lastIndexOf("#");
  return hash < 0 ? undefined : Number(edgeId.slice(hash + 1));
};

/** The legs that follow one another from a branch on, that one included. */
const legsFrom = ({ states }: Program, first: Branch): readonly Branch[] => {
  const send = edgePath.send(first.edgeId);
  const legs = [first];
  for (let last = first; ; ) {
    const state = states[last.next];
    const [next, ...others] = state?.kind === "send" ? state.branches : [];
    if (next === undefined || others.length > 0 || edgePath.send(next.edgeId) !== send) return legs;
    // A loop around the broadcast leads back to its first leg.
    if ((legNumber(next.edgeId) ?? 0) <= (legNumber(last.edgeId) ?? 0)) return legs;
    legs.push(next);
    last = next;
  }
};

/** The broadcasts of one program: edge id of the first leg → all legs, in order of sending. */
const broadcastsOf = (program: Program): ReadonlyMap<string, readonly Branch[]> => {
  const firsts = new Map<string, Branch>();
  for (const state of program.states) {
    if (state.kind !== "send") continue;
    for (const branch of state.branches) {
      const number = branch.control === undefined ? legNumber(branch.edgeId) : undefined;
      if (number === undefined) continue;
      const send = edgePath.send(branch.edgeId);
      const least = firsts.get(send);
      if (least === undefined || number < (legNumber(least.edgeId) ?? 0)) firsts.set(send, branch);
    }
  }
  const found = new Map<string, readonly Branch[]>();
  for (const first of firsts.values()) {
    const legs = legsFrom(program, first);
    if (legs.length > 1) found.set(first.edgeId, legs);
  }
  return found;
};

const known = new WeakMap<CodeImage, Map<string, ReadonlyMap<string, readonly Branch[]>>>();

/**
 * The legs of the broadcast or family send of `role` whose first leg is
 * `edgeId`, in order of sending (model §3); none for any other send, a later
 * leg or a broadcast of one leg among them. Read off the compiled code: leg k
 * of a send has the edge id `<send>#k`, and its legs follow one another.
 *
 * @example broadcastLegs(image, "A", "2#0").map(({ peer }) => peer) // ["F[0]", "F[1]", "F[2]"]
 */
export const broadcastLegs = (image: CodeImage, role: string, edgeId: string): readonly Branch[] => {
  if (legNumber(edgeId) === undefined) return [];
  const ofImage = known.get(image) ?? new Map<string, ReadonlyMap<string, readonly Branch[]>>();
  known.set(image, ofImage);
  let ofRole = ofImage.get(role);
  if (ofRole === undefined) {
    const program = image.programs[image.roles.indexOf(role)];
    ofRole = program === undefined ? new Map() : broadcastsOf(program);
    ofImage.set(role, ofRole);
  }
  return ofRole.get(edgeId) ?? [];
};
