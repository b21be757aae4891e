import { hashText } from "@parley/wire";
import type { Coroutine, EdgeState, Session } from "./state.ts";

const RADIX = 16;

/**
 * A radix-16 Merkle tree over texts. Up to sixteen leaves stand as they are;
 * above that every sixteen are hashed into one node. Setting a leaf costs one
 * path, and the tree is the same however it came about.
 */
class Merkle {
  /** `levels[0]` holds the leaves, the last level at most sixteen nodes. */
  private readonly levels: string[][] = [[]];
  private stale = new Set<number>();
  private joined = "";

  set(index: number, text: string): void {
    const leaves = this.levels[0] as string[];
    const known = index < leaves.length;
    while (leaves.length <= index) leaves.push("");
    if (known && leaves[index] === text) return;
    leaves[index] = text;
    this.stale.add(Math.floor(index / RADIX));
  }

  /** All leaves, as one text of bounded length. */
  text(): string {
    if (this.stale.size === 0) return this.joined;
    let changed = this.stale;
    let level = 0;
    let below = this.levels[0] as string[];
    while (below.length > RADIX) {
      level += 1;
      const above = this.levels[level] ?? [];
      this.levels[level] = above;
      const next = new Set<number>();
      for (const node of changed) {
        while (above.length <= node) above.push("");
        above[node] = hashText(below.slice(node * RADIX, node * RADIX + RADIX).join("\n"));
        next.add(Math.floor(node / RADIX));
      }
      changed = next;
      below = above;
    }
    this.stale = new Set();
    this.joined = below.join("\n");
    return this.joined;
  }
}

export interface Part {
  readonly slot: number;
  dirty: boolean;
}

/** What a part contributes, as canonical text: its protocol state, and the rest of its state. */
export interface PartTexts {
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

  /** The texts of all parts, made again for those that changed. */
  texts(textsOf: (part: T) => PartTexts): PartTexts {
    for (const slot of this.vacated) {
      if (this.slots[slot] !== undefined) continue;
      this.protocol.set(slot, "");
      this.rest.set(slot, "");
    }
    this.vacated = [];
    for (const part of this.changed) {
      part.dirty = false;
      if (this.slots[part.slot] !== part) continue;
      const texts = textsOf(part);
      this.protocol.set(part.slot, texts.protocol);
      this.rest.set(part.slot, texts.rest);
    }
    this.changed = [];
    return { protocol: this.protocol.text(), rest: this.rest.text() };
  }

  /** Vacated slots, for a snapshot. */
  freeSlots(): readonly number[] {
    return this.free;
  }

  restoreFree(free: readonly number[]): void {
    this.free.push(...free);
    this.vacated.push(...free);
    while (this.slots.length < Math.max(-1, ...free) + 1) this.slots.push(undefined);
  }
}

/** The parts of a machine by kind, with what their hashes need. */
export interface PartTree {
  readonly coroutines: PartGroup<Coroutine>;
  readonly edges: PartGroup<EdgeState>;
  readonly sessions: PartGroup<Session>;
  /** The hashes of the state `version`, once somebody asked for them. */
  hashes: { readonly version: number; readonly protocol: string; readonly state: string } | undefined;
}
