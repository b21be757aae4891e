import type { BudgetChange } from "@parley/wire/http";

/** One budget over time: what was spent and the limit after each change. */
export interface BudgetSeries {
  readonly points: readonly SeriesPoint[];
  /** The highest number there is, at least 1. */
  readonly top: number;
}

export interface SeriesPoint {
  readonly change: BudgetChange;
  /** 0 to 1, by the order of changes: a burst and a pause take as much room as they have changes. */
  readonly x: number;
  readonly spent: number;
  readonly limit: number;
}

/** Places the changes of one budget, oldest first. */
export const budgetSeries = (changes: readonly BudgetChange[]): BudgetSeries => ({
  points: changes.map((change, at) => ({
    change,
    x: changes.length === 1 ? 0 : at / (changes.length - 1),
    spent: change.spent,
    limit: change.limit,
  })),
  top: Math.max(1, ...changes.map(({ limit, spent }) => Math.max(limit, spent))),
});

/**
 * The line through the points as steps: a number holds until it changes. Of a
 * box `width` by `height`, the highest number at its top.
 */
export const stepPath = (
  { points, top }: BudgetSeries,
  of: (point: SeriesPoint) => number,
  { width, height }: { readonly width: number; readonly height: number },
): string =>
  points
    .map((point, at) => {
      const x = round(point.x * width);
      const y = round(height - (of(point) / top) * height);
      return at === 0 ? `M${x} ${y}` : `H${x}V${y}`;
    })
    .join("");

const round = (n: number): number => Math.round(n * 10) / 10;
