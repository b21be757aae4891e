import type { HostCore } from "../core.ts";
import { readPositions } from "../views/read-log.ts";
import { History } from "./history.ts";

/**
 * Entries looked at before an event for what led to it. What lies further back
 * is not told, and the answer says so: a position of a long session is answered
 * in the same time as one of a short one.
 */
export const WINDOW = 2_000;

/** The history of the positions `from … to`; `to` is at most a window away from the first. */
export const readHistory = async (core: HostCore, id: string, from: number, to: number): Promise<History> => {
  const positions = await readPositions(core.store, id, from, to - from + 1);
  return new History({
    entries: positions.map(({ position, stored }) => ({ position, entry: stored.entry })),
  });
};

/** The history of the window that ends at a position. */
export const readWindow = (core: HostCore, id: string, to: number): Promise<History> =>
  readHistory(core, id, Math.max(0, to - WINDOW + 1), to);
