/** Where a session's page looks: `at` of the address, and the head it is measured against. */
export interface Place {
  /** Absent = follows now. */
  readonly at: number | undefined;
  readonly head: number;
}

/** The position shown. A position after the head is not there yet: now is shown. */
export const shownAt = ({ at, head }: Place): number => (at === undefined ? head : Math.min(at, head));

/** Whether the page looks at the past, where nothing acts but Fork. */
export const isPast = (place: Place): boolean => shownAt(place) < place.head;

/** The address of a position: the head has none, so that the page follows on. */
export const addressOf = (seq: number, head: number): number | undefined =>
  seq >= head ? undefined : Math.max(0, Math.trunc(seq));

export const backFrom = (place: Place): number => Math.max(0, shownAt(place) - 1);

/** One position on; `step` when there is none yet and the machine has to make one. */
export const forwardFrom = (place: Place): number | "step" => (isPast(place) ? shownAt(place) + 1 : "step");

/** `Position 12 of 34`. */
export const placeWords = (place: Place): string => `Position ${shownAt(place)} of ${place.head}`;

export interface Tick {
  readonly from: number;
  readonly to: number;
}

const MAX_TICKS = 160;

/** Positions gathered so that a long session still has at most 160 ticks. */
export const ticksOf = (head: number): readonly Tick[] => {
  const width = Math.ceil((head + 1) / MAX_TICKS);
  return Array.from({ length: Math.ceil((head + 1) / width) }, (_, i) => ({
    from: i * width,
    to: Math.min(head, (i + 1) * width - 1),
  }));
};
