import type { ClockPort } from "@parley/runtime/host";

/** The machine's clock, ms since the epoch. It may step back; the host keeps session time monotone (model §2.6). */
export const systemClock: ClockPort = { now: () => Date.now() };
