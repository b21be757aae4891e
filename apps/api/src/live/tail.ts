import type { Host } from "@parley/runtime/host";
import type { LiveEvent } from "@parley/wire/http";

/** A reader this far behind is dropped; it resumes by its last event id (model §2.8). */
export const BACKLOG_LIMIT_BYTES = 1_000_000;

/** Commits read at once while catching up. */
const CATCH_UP = 500;

export interface Tail {
  /** The next event, or undefined once closed or too far behind. */
  next(): Promise<LiveEvent | undefined>;
  close(): void;
}

/**
 * Every event with `commit > after`, first from the store, then as they become
 * durable, without a gap or a repeat: it listens before it reads.
 */
export const tail = (host: Host, after: number): Tail => {
  const waiting: LiveEvent[] = [];
  let bytes = 0;
  let last = after;
  let closed = false;
  let caughtUp = false;
  let wake: () => void = () => undefined;

  const unsubscribe = host.subscribe((entry) => {
    bytes += entry.bytes.length;
    // While catching up the store has them anyway.
    if (!caughtUp) return;
    if (bytes > BACKLOG_LIMIT_BYTES) closed = true;
    else waiting.push(host.liveEvent(entry));
    wake();
  });

  const catchUp = async (): Promise<void> => {
    const batch = await host.liveAfter(last, CATCH_UP);
    waiting.push(...batch);
    if (batch.length > 0) return;
    // Nothing newer is durable; whatever commits from here on reaches the listener.
    caughtUp = true;
    bytes = 0;
    // In front: what the listener heard meanwhile may be newer than this.
    waiting.unshift(...(await host.liveAfter(last, CATCH_UP)));
  };

  return {
    next: async () => {
      while (!closed) {
        const event = waiting.shift();
        if (event) {
          if (event.commit <= last) continue;
          last = event.commit;
          bytes = waiting.length === 0 ? 0 : bytes;
          return event;
        }
        if (caughtUp) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        } else await catchUp();
      }
      return undefined;
    },
    close: () => {
      closed = true;
      unsubscribe();
      wake();
    },
  };
};
