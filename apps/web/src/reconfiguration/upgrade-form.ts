import type { RuntimeUpgradeJson } from "@parley/wire/http";

/** One step of a plan as a person fills it in. */
export interface StepForm {
  readonly id: string;
  readonly members: ReadonlySet<string>;
}

/** An upgrade as a person fills it in; lists of ids are texts with commas. */
export interface UpgradeForm {
  readonly id: string;
  readonly steps: readonly StepForm[];
  readonly continuity: boolean;
  readonly pending: "preserve_pending" | "invalidate_blocked";
  readonly publication: "preserve_canonical_truth" | "reissue_canonical_truth";
  readonly constraint: "preserve_bundle_profile" | "mixed_determinism_allowed";
  readonly carriedPublications: string;
  readonly invalidatedPublications: string;
  readonly carriedObligations: string;
  readonly invalidatedObligations: string;
}

/** A plan of one step that keeps the present members. */
export const initialUpgrade = (members: readonly string[], epoch: number): UpgradeForm => ({
  id: `upgrade-${epoch + 1}`,
  steps: [{ id: "step-1", members: new Set(members) }],
  continuity: true,
  pending: "preserve_pending",
  publication: "preserve_canonical_truth",
  constraint: "preserve_bundle_profile",
  carriedPublications: "",
  invalidatedPublications: "",
  carriedObligations: "",
  invalidatedObligations: "",
});

const idsOf = (text: string): string[] => [
  ...new Set(
    text
      .split(",")
      .map((id) => id.trim())
      .filter((id) => id !== ""),
  ),
];

/** An upgrade with nothing left open, as the runtime takes it. */
export type FullUpgrade = ReturnType<typeof upgradeOf>;

/** The request of a form. */
export const upgradeOf = (form: UpgradeForm) =>
  ({
    upgrade_id: form.id.trim(),
    plan: {
      plan_id: `${form.id.trim()}-plan`,
      steps: form.steps.map(({ id, members }) => ({
        step_id: id,
        next_members: [...members].sort(),
        placements: [],
      })),
    },
    compatibility: {
      execution_constraint: form.constraint,
      ownership_continuity_required: form.continuity,
      pending_effect_treatment: form.pending,
      canonical_publication_continuity: form.publication,
    },
    carried_publication_ids: idsOf(form.carriedPublications),
    invalidated_publication_ids: idsOf(form.invalidatedPublications),
    carried_obligation_ids: idsOf(form.carriedObligations),
    invalidated_obligation_ids: idsOf(form.invalidatedObligations),
  }) satisfies RuntimeUpgradeJson;
