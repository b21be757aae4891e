import type { SeatBinding } from "@parley/wire";
import type { OpenSessionRequest } from "@parley/wire/http";
import type { HostCore } from "../core.ts";
import type { HostError } from "../host-error.ts";

export type Seated =
  | { readonly ok: true; readonly seats: readonly SeatBinding[] }
  | { readonly ok: false; readonly error: HostError };

/**
 * Who sits in which role: the seats asked for, the rest filled from the cast
 * in order, one device after the other.
 */
export const seatRoles = (
  core: HostCore,
  roles: readonly string[],
  asked: OpenSessionRequest["seats"] = [],
): Seated => {
  for (const { role, authority, device } of asked) {
    if (!roles.includes(role))
      return { ok: false, error: { code: "PAR7004", kind: "wrong-seat", seat: role, endpoint: "", roles } };
    const known = core.authorities.get(authority)?.durable.devices.some(({ id }) => id === device);
    if (known !== true)
      return { ok: false, error: { code: "PAR7107", kind: "unknown-seat-device", authority, device } };
  }
  const given = new Map(asked.map((seat) => [seat.role, seat]));
  const taken = new Set(asked.map(({ authority }) => authority));
  const cast = [...core.authorities.values()].map(({ durable }) => durable);
  // Whoever has no seat yet comes first; with more roles than people the cast goes round again.
  const order = [
    ...cast.filter(({ stream }) => !taken.has(stream)),
    ...cast.filter(({ stream }) => taken.has(stream)),
  ];
  let next = 0;
  const seats = roles.flatMap((role): readonly SeatBinding[] => {
    const chosen = given.get(role);
    if (chosen !== undefined) return [chosen];
    const authority = order[next % Math.max(order.length, 1)];
    const lap = Math.floor(next / Math.max(order.length, 1));
    const device = authority?.devices[lap % Math.max(authority.devices.length, 1)];
    next += 1;
    return authority === undefined || device === undefined
      ? []
      : [{ role, authority: authority.stream, device: device.id }];
  });
  return { ok: true, seats };
};
