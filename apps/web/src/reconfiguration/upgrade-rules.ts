import type { FullUpgrade } from "./upgrade-form.ts";

/** A rule of upgrades, and whether this one keeps it. */
export interface UpgradeRule {
  readonly rule: string;
  readonly ok: boolean;
  /** What breaks it, and how to mend it. */
  readonly why: string;
}

const both = (one: readonly string[], other: readonly string[]): string | undefined =>
  one.find((id) => other.includes(id));

const apart = (what: string, carried: readonly string[], invalidated: readonly string[]): UpgradeRule => {
  const twice = both(carried, invalidated);
  return {
    rule: `A ${what} is carried or invalidated, not both`,
    ok: twice === undefined,
    why: twice === undefined ? "" : `${twice} is in both lists: take it out of one.`,
  };
};

/**
 * Every rule an upgrade is judged by, in the order in which the runtime asks
 * them, each by itself: so that all that is wrong is seen at once.
 */
export const upgradeRules = (members: readonly string[], request: FullUpgrade): readonly UpgradeRule[] => {
  const { plan, compatibility } = request;
  const first = plan.steps[0];
  const overlap = first === undefined ? undefined : both(first.next_members, members);
  const empty = plan.steps.find(({ next_members }) => next_members.length === 0);
  const obligations = request.carried_obligation_ids.length + request.invalidated_obligation_ids.length;
  const blocked = compatibility.pending_effect_treatment === "invalidate_blocked";
  const truth = compatibility.canonical_publication_continuity === "preserve_canonical_truth";
  return [
    {
      rule: "The bundle has members",
      ok: members.length > 0,
      why: members.length > 0 ? "" : "Nobody runs it yet: seed it first.",
    },
    {
      rule: "The plan has a step",
      ok: first !== undefined,
      why: first === undefined ? "Add a step that says who runs it next." : "",
    },
    apart("publication", request.carried_publication_ids, request.invalidated_publication_ids),
    apart("obligation", request.carried_obligation_ids, request.invalidated_obligation_ids),
    {
      rule: "Ownership goes on: a present member is in the first step",
      ok: !compatibility.ownership_continuity_required || overlap !== undefined,
      why:
        !compatibility.ownership_continuity_required || overlap !== undefined
          ? ""
          : `Keep one of ${members.join(", ") || "the members"} in the first step, or let ownership break off.`,
    },
    {
      rule: "Blocked effects are invalidated only with their obligations named",
      ok: !blocked || obligations > 0,
      why: !blocked || obligations > 0 ? "" : "Name an obligation that is carried or invalidated.",
    },
    {
      rule: "Canonical truth that is preserved is not invalidated",
      ok: !truth || request.invalidated_publication_ids.length === 0,
      why:
        !truth || request.invalidated_publication_ids.length === 0
          ? ""
          : `Carry ${request.invalidated_publication_ids.join(", ")}, or reissue canonical truth.`,
    },
    {
      rule: "Every step has members",
      ok: empty === undefined,
      why: empty === undefined ? "" : `Nobody is in ${empty.step_id}.`,
    },
  ];
};
