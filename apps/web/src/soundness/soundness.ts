import type { Bindings } from "@parley/core";
import type { Soundness } from "@parley/core/explore";
import type { StudioFile } from "../editor/worker-messages.ts";

/** How far to look: states in all, and messages on their way between two roles. */
export interface Budget {
  readonly states: number;
  readonly bound: number;
}

export interface SoundnessRequest {
  readonly key: number;
  readonly own: StudioFile;
  /** What it may import from. */
  readonly files: readonly StudioFile[];
  readonly budget: Budget;
}

/** What was found out with one choice of numbers. */
export interface SampleVerdict {
  readonly bindings: Bindings;
  readonly roles: readonly string[];
  readonly sound: Soundness;
}

/** Numbers with which the text cannot be projected: nothing can run there. */
export interface SkippedSample {
  readonly bindings: Bindings;
  readonly why: string;
}

/** One `verdict` per sample, growing, each after its `progress`, or `skipped`; then `done`. */
export type SoundnessAnswer =
  | {
      readonly kind: "progress";
      readonly key: number;
      readonly bindings: Bindings;
      readonly states: number;
      readonly limit: number;
    }
  | { readonly kind: "verdict"; readonly key: number; readonly verdict: SampleVerdict }
  | { readonly kind: "skipped"; readonly key: number; readonly skipped: SkippedSample }
  | { readonly kind: "done"; readonly key: number };

/** `Crew = 2, Lap = 3`; empty when nothing is bound at open. */
export const sizesText = ({ families, names }: Bindings): string =>
  [...Object.entries(families), ...Object.entries(names)].map(([name, n]) => `${name} = ${n}`).join(", ");
