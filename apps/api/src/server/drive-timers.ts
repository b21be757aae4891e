import type { ClockPort, Host } from "@parley/runtime/host";

/** Longest one timer of Node may wait; a later deadline is looked at again then. */
const LONGEST_MS = 2_147_483_647;
/** How long to wait after a deadline that could not be written, before it is tried again. */
const RETRY_MS = 1_000;

/** Something that can be stopped. */
export interface Driven {
  stop(): void;
}

/**
 * Wakes the host whenever the first deadline of its sessions has come, and at
 * once for those that passed while nothing ran. One timer, set again whenever
 * an entry may have moved the first deadline.
 */
export const driveTimers = (
  host: Pick<Host, "nextDeadline" | "fireTimers" | "subscribe">,
  clock: ClockPort,
  onError: (cause: unknown) => void,
): Driven => {
  let timer: NodeJS.Timeout | undefined;
  let looking = false;
  let firing = false;
  let stopped = false;

  const arm = (least: number): void => {
    clearTimeout(timer);
    const deadline = stopped ? undefined : host.nextDeadline();
    if (deadline === undefined) return;
    const wait = Math.max(least, deadline - clock.now());
    timer = setTimeout(() => void fire(), Math.min(wait, LONGEST_MS));
    timer.unref();
  };

  const fire = async (): Promise<void> => {
    if (firing || stopped) return;
    firing = true;
    let least = 1;
    try {
      const now = clock.now();
      const fired = await host.fireTimers(now);
      const next = host.nextDeadline();
      if (fired === 0 && next !== undefined && next <= now) least = RETRY_MS;
    } catch (cause) {
      least = RETRY_MS;
      onError(cause);
    }
    firing = false;
    arm(least);
  };

  const unsubscribe = host.subscribe(() => {
    if (looking || firing) return;
    looking = true;
    setImmediate(() => {
      looking = false;
      if (!firing) arm(0);
    });
  });
  void fire();
  return {
    stop: () => {
      stopped = true;
      unsubscribe();
      clearTimeout(timer);
    },
  };
};
