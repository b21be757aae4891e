import type { Value } from "@parley/wire";

/** One instance of a timeout scope: the scope and how often it was entered before within the instance around it. */
export interface ScopeTag {
  readonly id: string;
  readonly lap: number;
}

/** A message on an edge (model §3, Frames). `injected` marks one that no role sent. */
export interface Frame {
  readonly seq: number;
  readonly label: string;
  readonly payload: Value;
  readonly scope?: string;
  readonly injected?: true;
  /** The timeout scopes it was sent in, outermost first. */
  readonly within?: readonly ScopeTag[];
  /** A control frame of a scope's owner: which instance it left, and how. */
  readonly exit?: ScopeTag & { readonly outcome: string };
}

/** Frames of one edge, oldest first: an array with a moving head, compacted as it empties. */
export class FrameQueue {
  private frames: Frame[] = [];
  private head = 0;

  get length(): number {
    return this.frames.length - this.head;
  }

  push(frame: Frame): void {
    this.frames.push(frame);
  }

  peek(): Frame | undefined {
    return this.frames[this.head];
  }

  shift(): void {
    if (this.frames.length === 1) {
      this.frames.pop();
      return;
    }
    this.head += 1;
    if (this.head === this.frames.length) this.clear();
    else if (this.head >= 32 && this.head * 2 >= this.frames.length) {
      this.frames = this.frames.slice(this.head);
      this.head = 0;
    }
  }

  clear(): void {
    this.frames = [];
    this.head = 0;
  }

  list(): readonly Frame[] {
    return this.frames.slice(this.head);
  }
}
