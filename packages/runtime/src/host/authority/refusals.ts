import type { Actor } from "@parley/wire";
import type { HostError } from "../host-error.ts";

/** Refusals kept: the last ones. */
const KEPT = 500;

/** A command that was refused and changed nothing. */
export interface Refusal {
  readonly at: number;
  readonly actor: Actor;
  readonly command: string;
  /** What it was about, where it names something. */
  readonly subject: string | undefined;
  readonly error: HostError;
}

/** The audit of refused commands (model §2.5): beside the log, in memory, bounded. */
export class Refusals {
  private readonly kept: Refusal[] = [];

  note(refusal: Refusal): void {
    this.kept.push(refusal);
    if (this.kept.length > KEPT) this.kept.shift();
  }

  /** Newest first. */
  newestFirst(): readonly Refusal[] {
    return [...this.kept].reverse();
  }
}
