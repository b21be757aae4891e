import type { SeatBinding } from "@parley/wire";
import { broadcastLegs } from "../../guards/broadcast-legs.ts";
import { edgeRequest } from "../../guards/edge-request.ts";
import type { CodeImage } from "../../machine/code/image.ts";
import type { LegQuestion } from "./judge.ts";

/** The later legs of a broadcast as its first leg asks for them, or the role of one where nobody sits. */
export type LaterLegs =
  | { readonly ok: true; readonly later: readonly LegQuestion[] }
  | { readonly ok: false; readonly unseated: string };

const none: LaterLegs = { ok: true, later: [] };

/**
 * What the send of `role` at `edgeId` answers for beside itself: the other
 * legs of the broadcast whose first leg it is, else nothing.
 */
export const laterLegs = (
  image: CodeImage,
  seats: readonly SeatBinding[],
  { role, edgeId }: { readonly role: string; readonly edgeId: string },
): LaterLegs => {
  const [, ...legs] = broadcastLegs(image, role, edgeId);
  if (legs.length === 0) return none;
  const sitting = new Map(seats.map((seat) => [seat.role, seat.authority]));
  const later: LegQuestion[] = [];
  for (const { edgeId: leg, peer: to, annotations } of legs) {
    const peer = sitting.get(to);
    if (peer === undefined) return { ok: false, unseated: to };
    later.push({ edgeId: leg, to, peer, edge: edgeRequest(annotations) });
  }
  return { ok: true, later };
};
