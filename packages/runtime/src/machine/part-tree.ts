import { hashText } from "@parley/wire";

const RADIX = 16;

/** A radix-16 Merkle tree over digests; setting a leaf costs one path. */
class Merkle {
  private readonly levels: string[][] = [[]];
  private stale = new Set<number>();
  private root = "";

  set(index: number, digest: string): void {
    const leaves = this.levels[0] as string[];
    while (leaves.length <= index) leaves.push("");
    if (leaves[index] === digest) return;
    leaves[index] = digest;
    this.stale.add(Math.floor(index / RADIX));
  }

  digest(): string {
    if (this.stale.size === 0) return this.root;
    let changed = this.stale;
    for (let level = 0; ; level += 1) {
      const below = this.levels[level] as string[];
      if (level > 0 && below.length === 1) break;
      const above = this.levels[level + 1] ?? [];
      this.levels[level + 1] = above;
      const next = new Set<number>();
      for (const node of changed) {
        while (above.length <= node) above.push("");
        above[node] = hashText(below.slice(node * RADIX, node * RADIX + RADIX).join("."));
        next.add(Math.floor(node / RADIX));
      }
      changed = next;
    }
    this.stale = new Set();
    this.root = (this.levels.at(-1) as string[])[0] as string;
    return this.root;
  }
}

export interface Part {
  readonly slot: number;
  dirty: boolean;
}

/** What a part contributes: its protocol digest and the digest of the rest of its state. */
export interface PartDigests {
  readonly protocol: string;
  readonly rest: string;
}

/** Parts of one kind in reusable slots, with their two trees of digests. */
export class PartGroup<T extends Part> {
  private readonly slots: (T | undefined)[] = [];
  private readonly free: number[] = [];
  private changed: T[] = [];
  private vacated: number[] = [];
  private readonly protocol = new Merkle();
  private readonly rest = new Merkle();

  /** The slot the next part takes: the last one vacated, else a new one. */
  claim(): number {
    return this.free.pop() ?? this.slots.length;
  }

  add(part: T): void {
    this.slots[part.slot] = part;
    part.dirty = false;
    this.touch(part);
  }

  release(part: T): void {
    this.slots[part.slot] = undefined;
    this.free.push(part.slot);
    this.vacated.push(part.slot);
  }

  /** Marks a part changed; its digests are made again when next asked for. */
  touch(part: T): void {
    if (part.dirty) return;
    part.dirty = true;
    this.changed.push(part);
  }

  digests(digestOf: (part: T) => PartDigests): PartDigests {
    for (const slot of this.vacated) {
      if (this.slots[slot] !== undefined) continue;
      this.protocol.set(slot, "");
      this.rest.set(slot, "");
    }
    this.vacated = [];
    for (const part of this.changed) {
      part.dirty = false;
      if (this.slots[part.slot] !== part) continue;
      const digests = digestOf(part);
      this.protocol.set(part.slot, digests.protocol);
      this.rest.set(part.slot, digests.rest);
    }
    this.changed = [];
    return { protocol: this.protocol.digest(), rest: this.rest.digest() };
  }

  /** Vacated slots, for a snapshot. */
  freeSlots(): readonly number[] {
    return this.free;
  }

  restoreFree(free: readonly number[]): void {
    this.free.push(...free);
    while (this.slots.length < Math.max(-1, ...free) + 1) this.slots.push(undefined);
  }
}

/** Digests that do not depend on how a machine came to its state, only on the state. */
export interface PartTree {
  readonly coroutines: PartGroup<import("./state.ts").Coroutine>;
  readonly edges: PartGroup<import("./state.ts").EdgeState>;
  readonly sessions: PartGroup<import("./state.ts").Session>;
}
