import type { FactTypeView, FactView } from "@parley/wire/http";

/** What the reducer of one type makes of its facts. */
export interface Reduced {
  readonly type: string;
  readonly reducer: string;
  /** What the view holds, for people. */
  readonly says: string;
  readonly facts: number;
  readonly value: unknown;
}

/** Reduces facts by type with the reducers of the registry; facts come in canonical order, proposals count for nothing yet. */
export const reduceFacts = async (
  facts: readonly FactView[],
  types: readonly FactTypeView[],
): Promise<readonly Reduced[]> => {
  const { factReducers } = await import("@parley/runtime/journal");
  const known = new Map(types.map((one) => [one.type, one.reducer]));
  const held = facts.filter(({ proposal }) => proposal === undefined);
  return [...Map.groupBy(held, ({ type }) => type)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([type, own]) => {
      const reducer = factReducers.get(known.get(type) ?? "all");
      const payloads = own.map(({ payload }) => payload);
      return {
        type,
        reducer: reducer?.name ?? "all",
        says: reducer?.says ?? "every payload, in canonical order",
        facts: own.length,
        value: reducer ? reducer.reduce(payloads) : payloads,
      };
    });
};
