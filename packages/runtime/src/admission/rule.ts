import type { SeatBinding } from "@parley/wire";
import type { CodeImage } from "../machine/code/image.ts";
import type { SchedulerPolicy } from "../machine/config.ts";
import type { CapabilityInventory } from "./capability-inventory.ts";
import type { ParityProfile } from "./hardening-profile.ts";
import type { CompositionManifest } from "./manifest.ts";
import type { Registration } from "./registry.ts";

/** Everything a rule may look at. */
export interface AdmissionCase {
  readonly manifest: CompositionManifest;
  /** The policy the manifest itself names, where the opening runs under another. */
  readonly namedPolicy?: string;
  readonly image: CodeImage;
  /** The registry's entry of a user protocol, if it has one. */
  readonly registered: Registration | undefined;
  readonly seats: readonly SeatBinding[];
  /** Roles as bound. */
  readonly roles: readonly string[];
  readonly inventory: CapabilityInventory;
  /** The parity profile that is asked for, and the scheduler the session would run on. */
  readonly parity?: { readonly profile: ParityProfile; readonly scheduler: SchedulerPolicy };
}

export interface Evidence {
  readonly label: string;
  readonly value: string;
}

/** What a rule found. `needs` says what would admit it and refuses as well: admission fails closed. */
export interface Verdict {
  readonly outcome: "passed" | "needs" | "refused";
  readonly evidence: readonly Evidence[];
  readonly reason?: string;
  readonly needs?: string;
}

export interface AdmissionRule {
  readonly rule: string;
  readonly title: string;
  /** Spec chapter it comes from. */
  readonly source: string;
  readonly judge: (asked: AdmissionCase) => Verdict;
}

export const passed = (...evidence: readonly Evidence[]): Verdict => ({ outcome: "passed", evidence });
export const refusedBy = (reason: string, ...evidence: readonly Evidence[]): Verdict => ({
  outcome: "refused",
  reason,
  evidence,
});
export const needing = (reason: string, needs: string, ...evidence: readonly Evidence[]): Verdict => ({
  outcome: "needs",
  reason,
  needs,
  evidence,
});

export const shown = (label: string, value: string | number | readonly string[]): Evidence => ({
  label,
  value: Array.isArray(value) ? (value.length === 0 ? "none" : value.join(", ")) : String(value),
});
