/** How many times as fast as usual the log is played. */
export const speeds = [0.5, 1, 2, 4] as const;
export type Speed = (typeof speeds)[number];

/** A speed as it was kept. */
export const speedFrom = (text: string | null): Speed => speeds.find((speed) => String(speed) === text) ?? 1;

export const speedWords = (speed: Speed): string => (speed === 0.5 ? "½×" : `${speed}×`);
