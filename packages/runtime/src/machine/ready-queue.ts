import type { Coroutine } from "./state.ts";

/**
 * The ready queue: a ring of coroutines with the ticket each was queued under.
 * Removal is lazy: an entry counts only while its coroutine still holds that
 * ticket (spec/machine.md §7.1), so leaving the queue costs nothing.
 */
export class ReadyQueue {
  private coroutines: (Coroutine | undefined)[] = new Array(16);
  private tickets: number[] = new Array(16).fill(0);
  private head = 0;
  private count = 0;
  /** The next ticket to hand out; never goes back, so tickets order the queue. */
  next = 0;

  /** Entries, stale ones included. */
  get length(): number {
    return this.count;
  }

  /** Puts a coroutine at the tail; one that is queued already keeps its place. */
  push(coroutine: Coroutine): void {
    if (coroutine.ticket >= 0) return;
    if (this.count === this.coroutines.length) this.grow();
    const at = (this.head + this.count) & (this.coroutines.length - 1);
    coroutine.ticket = this.next;
    this.coroutines[at] = coroutine;
    this.tickets[at] = this.next;
    this.next += 1;
    this.count += 1;
  }

  /** The coroutine at position `i` from the head, or `undefined` for a stale entry. */
  at(i: number): Coroutine | undefined {
    const slot = (this.head + i) & (this.coroutines.length - 1);
    const coroutine = this.coroutines[slot];
    return coroutine !== undefined && coroutine.ticket === this.tickets[slot] ? coroutine : undefined;
  }

  /** Drops the first `n` entries; live ones among them leave the queue. */
  drop(n: number): void {
    for (let i = 0; i < n; i += 1) {
      const coroutine = this.at(0);
      if (coroutine !== undefined) coroutine.ticket = -1;
      this.coroutines[this.head] = undefined;
      this.head = (this.head + 1) & (this.coroutines.length - 1);
      this.count -= 1;
    }
  }

  /** Takes a coroutine out wherever it stands, then lets go of stale entries at the head. */
  remove(coroutine: Coroutine): void {
    coroutine.ticket = -1;
    while (this.count > 0 && this.at(0) === undefined) this.drop(1);
  }

  /** The live coroutines in order. */
  list(): Coroutine[] {
    const live: Coroutine[] = [];
    for (let i = 0; i < this.count; i += 1) {
      const coroutine = this.at(i);
      if (coroutine !== undefined) live.push(coroutine);
    }
    return live;
  }

  /** Empties the queue and refills it in this order, under new tickets. */
  refill(coroutines: readonly Coroutine[]): void {
    this.drop(this.count);
    for (const coroutine of coroutines) this.push(coroutine);
  }

  /** Restores the queue a snapshot holds: these coroutines, which have their tickets already. */
  restore(coroutines: readonly Coroutine[], next: number): void {
    for (const coroutine of coroutines) {
      const ticket = coroutine.ticket;
      coroutine.ticket = -1;
      this.next = ticket;
      this.push(coroutine);
    }
    this.next = next;
  }

  /** Makes room: lets go of stale entries, and doubles the ring when that leaves it more than half full. */
  private grow(): void {
    const live: { readonly coroutine: Coroutine; readonly ticket: number }[] = [];
    for (const coroutine of this.list()) live.push({ coroutine, ticket: coroutine.ticket });
    const size = this.coroutines.length;
    const room = live.length * 2 > size ? size * 2 : size;
    this.coroutines = new Array<Coroutine | undefined>(room);
    this.tickets = new Array<number>(room).fill(0);
    this.head = 0;
    this.count = live.length;
    live.forEach((entry, i) => {
      this.coroutines[i] = entry.coroutine;
      this.tickets[i] = entry.ticket;
    });
  }
}
