/** The alternatives of one decision among what may be sent now. */
export interface DecisionGroup<T> {
  /** Path of the choice. */
  readonly path: string;
  readonly owner: string;
  readonly members: readonly T[];
  /** Arm label of each member. */
  readonly arms: readonly string[];
}

const INDEX = /^\d/;

/**
 * Finds the decisions among the sends open to each owner, by their edge ids:
 * ids that part at an arm label (`2.Card.0`, `2.Cash.0`) belong to one choice;
 * ids that part at an index (`2.0.0`, `2.1.0`) are parallel, not alternatives.
 * Alternatives of a hidden decision (a lap or what follows it) part at an
 * index too and are left as single rows.
 */
export const decisionGroups = <T extends { readonly edge: string }>(
  options: readonly T[],
  ownerOf: (option: T) => string,
): readonly DecisionGroup<T>[] => {
  const found = new Map<string, { path: string; owner: string; arms: Map<string, T[]> }>();
  for (const option of options) {
    const owner = ownerOf(option);
    const parts = option.edge.split(".");
    for (let at = 1; at < parts.length; at += 2) {
      const arm = parts[at];
      if (arm === undefined || arm === "body" || INDEX.test(arm)) continue;
      const path = parts.slice(0, at).join(".");
      const key = JSON.stringify([owner, path]);
      const group = found.get(key) ?? { path, owner, arms: new Map<string, T[]>() };
      group.arms.set(arm, [...(group.arms.get(arm) ?? []), option]);
      found.set(key, group);
    }
  }
  const taken = new Set<T>();
  const groups: DecisionGroup<T>[] = [];
  for (const { path, owner, arms } of found.values()) {
    const entries = [...arms].flatMap(([arm, members]) => members.map((member) => ({ arm, member })));
    const free = entries.filter((entry) => !taken.has(entry.member));
    if (arms.size < 2 || free.length < 2) continue;
    for (const { member } of free) taken.add(member);
    groups.push({
      path,
      owner,
      members: free.map((entry) => entry.member),
      arms: free.map((entry) => entry.arm),
    });
  }
  return groups;
};
