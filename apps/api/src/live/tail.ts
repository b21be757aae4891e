import type { Host } from "@parley/runtime/host";
import type { StoredEntry } from "@parley/wire";

/** A reader this far behind is dropped; it resumes by its last event id (model §2.8). */
export const BACKLOG_LIMIT_BYTES = 1_000_000;

/** Events read at once while catching up. */
const PAGE = 200;

/** Where a tail's events come from: the past by page, the present by entry. */
export interface TailSource<Event> {
  /** Events after a position, in order, at most `limit`; fewer mean there are no more. */
  read(after: number, limit: number): Promise<readonly Event[]>;
  /** The event of an entry that has just become durable; undefined when it is not wanted. */
  take(entry: StoredEntry): Event | undefined;
  positionOf(event: Event): number;
}

export interface Tail<Event> {
  /** The next event, or undefined once closed or too far behind. */
  next(): Promise<Event | undefined>;
  close(): void;
}

/**
 * Every event after a position, first from the store, then as they become
 * durable, without a gap or a repeat: it listens before it reads. `dropped` is
 * called when the reader is too far behind.
 */
export const tail = <Event>(
  host: Pick<Host, "subscribe">,
  source: TailSource<Event>,
  after: number,
  dropped: () => void,
): Tail<Event> => {
  let waiting: { readonly event: Event; readonly bytes: number }[] = [];
  /** Of the entries heard and not yet read; what was read from the store is bounded by the page. */
  let backlog = 0;
  let last = after;
  let closed = false;
  let listening = false;
  let wake: () => void = () => undefined;

  const close = (): void => {
    closed = true;
    waiting = [];
    unsubscribe();
    wake();
  };
  const unsubscribe = host.subscribe((entry) => {
    // While catching up the store has them anyway.
    const event = listening ? source.take(entry) : undefined;
    if (event === undefined) return;
    backlog += entry.bytes.length;
    waiting.push({ event, bytes: entry.bytes.length });
    if (backlog > BACKLOG_LIMIT_BYTES) {
      close();
      dropped();
    } else wake();
  });

  /** Up to a page of what the store has; the last, short page is read again with open ears. */
  const catchUp = async (): Promise<void> => {
    const found: Event[] = [];
    for (let from = last; !closed; ) {
      const page = await source.read(from, PAGE);
      found.push(...page);
      const end = page.at(-1);
      if (end !== undefined) from = source.positionOf(end);
      if (page.length === PAGE && !listening) break;
      if (page.length < PAGE && listening) break;
      if (page.length < PAGE) listening = true;
    }
    // In front: what was heard meanwhile may be newer than this.
    waiting = [...found.map((event) => ({ event, bytes: 0 })), ...waiting];
  };

  return {
    next: async () => {
      while (!closed) {
        const head = waiting.shift();
        if (head) {
          backlog -= head.bytes;
          const position = source.positionOf(head.event);
          if (position <= last) continue;
          last = position;
          return head.event;
        }
        if (!listening) await catchUp();
        else
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      }
      return undefined;
    },
    close,
  };
};
