import type { Stretch } from "./editor-models.ts";

/** Where to go once a protocol's text has opened: a definition asked for in another one. */
let pending: { readonly protocol: string; readonly place: Stretch } | undefined;

export const leavePlace = (protocol: string, place: Stretch): void => {
  pending = { protocol, place };
};

/** The place left for a protocol, once. */
export const takePlace = (protocol: string): Stretch | undefined => {
  const place = pending?.protocol === protocol ? pending.place : undefined;
  if (place) pending = undefined;
  return place;
};
