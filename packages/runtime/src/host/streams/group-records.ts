import type { AuthorityInput } from "@parley/wire";

type Prepared = Extract<AuthorityInput, { readonly kind: "group.prepared" }>;

/**
 * A key that several hold together. `prepared` is inert, `active` signs,
 * `retired` signed before, `forgotten` never did (spec/aura-state.md §18).
 */
export interface GroupRecord extends Omit<Prepared, "kind"> {
  readonly state: "prepared" | "active" | "retired" | "forgotten";
  /** Seq of the entry that last changed it. */
  readonly seq: number;
}

/** By ceremony, in order of preparation. */
export type GroupRecords = readonly GroupRecord[];

const sameLine = (a: Pick<GroupRecord, "of" | "context">, b: Pick<GroupRecord, "of" | "context">): boolean =>
  a.of === b.of && a.context === b.context;

/** The epoch that signs for a kind of ceremony in a context; 0 before the first. */
export const activeEpoch = (groups: GroupRecords, line: Pick<GroupRecord, "of" | "context">): number =>
  groups.find((one) => one.state === "active" && sameLine(one, line))?.epoch ?? 0;

/** One step of the fold: committing retires what signed before; what is not prepared changes nothing. */
export const foldGroup = (
  groups: GroupRecords,
  input: Extract<AuthorityInput, { readonly kind: `group.${string}` }>,
  seq: number,
): GroupRecords => {
  if (input.kind === "group.prepared") {
    const { kind: _, ...prepared } = input;
    return [...groups, { ...prepared, state: "prepared", seq }];
  }
  const found = groups.find((one) => one.ceremony === input.ceremony && one.state === "prepared");
  if (found === undefined) return groups;
  return groups.map((one): GroupRecord => {
    if (one === found)
      return { ...one, seq, state: input.kind === "group.committed" ? "active" : "forgotten" };
    const retires = input.kind === "group.committed" && one.state === "active" && sameLine(one, found);
    return retires ? { ...one, seq, state: "retired" } : one;
  });
};
