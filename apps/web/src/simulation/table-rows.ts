import type { SweepRow } from "@parley/runtime/simulation";

export const columns = ["run", "seed", "outcome", "rounds", "ms", "sent", "lost"] as const;
export type Column = (typeof columns)[number];

/** How a table is looked at. */
export interface TableView {
  readonly sort: Column;
  readonly down: boolean;
  /** An outcome, `failed` for every run that did, or nothing for all. */
  readonly filter: string;
}

const of: { readonly [column in Column]: (row: SweepRow) => number | bigint | string } = {
  run: ({ index }) => index,
  seed: ({ seed }) => (seed === "" ? -1n : BigInt(seed)),
  outcome: ({ outcome }) => outcome,
  rounds: ({ rounds }) => rounds,
  ms: ({ clock }) => clock,
  sent: ({ sent }) => sent,
  lost: ({ lost }) => lost,
};

/** The rows that are looked at, in order; equal ones by their number. */
export const tableRows = (
  rows: readonly SweepRow[],
  { sort, down, filter }: TableView,
): readonly SweepRow[] => {
  const shown = rows.filter(
    ({ outcome, passed }) => filter === "" || (filter === "failed" ? !passed : outcome === filter),
  );
  const key = of[sort];
  const sign = down ? -1 : 1;
  return shown.toSorted((a, b) => {
    const [one, other] = [key(a), key(b)];
    if (one === other) return a.index - b.index;
    return one < other ? -sign : sign;
  });
};
