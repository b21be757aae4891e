import type { SweepRow } from "./sweep-table.ts";

/** How a run is coloured: by whether it passed, then by how it ended. */
export type RunClass = "passed" | "failed" | "stuck" | "limit" | "refused";

/** One cell of the picture: the runs of some seeds under one choice of parameters. */
export interface ChartCell {
  readonly column: number;
  readonly line: number;
  /** The worst of its runs. */
  readonly worst: RunClass;
  readonly runs: number;
  readonly failed: number;
  /** Indices of its runs: the first that failed, else the first. */
  readonly show: number;
  readonly label: string;
}

export interface SweepChart {
  /** Values of the parameters, one text a line; empty texts when none is swept. */
  readonly lines: readonly string[];
  readonly columns: number;
  /** Seeds of each column, as text. */
  readonly seeds: readonly string[];
  readonly cells: readonly ChartCell[];
}

/** How many runs lie between two numbers. */
export interface Bin {
  readonly from: number;
  /** Not included, save in the last bin. */
  readonly to: number;
  readonly passed: number;
  readonly failed: number;
}

const order: readonly RunClass[] = ["refused", "failed", "stuck", "limit", "passed"];

/** What a row counts as. */
export const classOf = ({ passed, outcome }: Pick<SweepRow, "passed" | "outcome">): RunClass => {
  if (passed) return "passed";
  return outcome === "refused" || outcome === "stuck" || outcome === "limit" ? outcome : "failed";
};

const rank = (row: SweepRow): number => order.indexOf(classOf(row));

const paramsOf = ({ bindings }: SweepRow): string =>
  bindings
    .filter(({ axis }) => axis !== "seed")
    .map(({ axis, value }) => `${axis.split(".").at(-1) ?? axis} = ${value}`)
    .join(", ");

const words: { readonly [one in RunClass]: string } = {
  passed: "passed",
  failed: "failed",
  stuck: "failed, stuck",
  limit: "failed, out of steps",
  refused: "could not run",
};

const seedRange = (seeds: readonly string[]): string => {
  const [first = "", last = ""] = [seeds[0], seeds.at(-1)];
  return seeds.length <= 1 ? `seed ${first}` : `seeds ${first} to ${last}`;
};

/**
 * A sweep as a picture: a line per choice of parameters, a column per seed or,
 * with more than `width` of them, per stretch of seeds. Rows may come in any
 * order and may still lack some.
 */
export const sweepChart = (rows: readonly SweepRow[], width = 60): SweepChart => {
  const sorted = [...rows].sort((a, b) => a.index - b.index);
  const lines = [...new Set(sorted.map(paramsOf))];
  const all = [...new Set(sorted.map(({ seed }) => seed))];
  const stretch = Math.max(1, Math.ceil(all.length / width));
  const columns = Math.ceil(all.length / stretch);
  const column = new Map(all.map((seed, i) => [seed, Math.floor(i / stretch)]));
  const seeds = Array.from({ length: columns }, (_, i) =>
    seedRange(all.slice(i * stretch, (i + 1) * stretch)),
  );
  const groups = new Map<string, SweepRow[]>();
  for (const row of sorted) {
    const key = `${lines.indexOf(paramsOf(row))} ${column.get(row.seed)}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const cells = [...groups].map(([key, members]): ChartCell => {
    const [line = 0, at = 0] = key.split(" ").map(Number);
    const worst = members.reduce((a, b) => (rank(b) < rank(a) ? b : a));
    const failed = members.filter(({ passed }) => !passed).length;
    const where = [seeds[at], lines[line]].filter((part) => part).join(", ");
    const what = members.length === 1 ? words[classOf(worst)] : `${failed} of ${members.length} failed`;
    return {
      column: at,
      line,
      worst: classOf(worst),
      runs: members.length,
      failed,
      show: worst.index,
      label: `${where}: ${what}`,
    };
  });
  return { lines, columns, seeds, cells };
};

/** The runs that ran, by a number of theirs, in bins of equal width. */
export const distribution = (
  rows: readonly SweepRow[],
  of: (row: SweepRow) => number,
  bins = 20,
): readonly Bin[] => {
  const ran = rows.filter(({ outcome }) => outcome !== "refused");
  if (ran.length === 0) return [];
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const row of ran) {
    low = Math.min(low, of(row));
    high = Math.max(high, of(row));
  }
  const width = Math.max(1, Math.ceil((high - low + 1) / bins));
  const count = Math.floor((high - low) / width) + 1;
  const counts = Array.from({ length: count }, () => ({ passed: 0, failed: 0 }));
  for (const row of ran) {
    const bin = counts[Math.floor((of(row) - low) / width)];
    if (bin !== undefined) bin[row.passed ? "passed" : "failed"] += 1;
  }
  return counts.map((bin, i) => ({ from: low + i * width, to: low + (i + 1) * width, ...bin }));
};

const escaped = (cell: string | number): string => {
  const text = String(cell);
  // A text that a spreadsheet would calculate is none.
  const safe = /^[=+@\t\r]|^-(?!\d)/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** A sweep as comma-separated values: one line a run, one column a swept key. */
export const sweepCsv = (rows: readonly SweepRow[]): string => {
  const sorted = [...rows].sort((a, b) => a.index - b.index);
  const axes = (sorted[0]?.bindings ?? []).map(({ axis }) => axis).filter((axis) => axis !== "seed");
  const head = ["run", "seed", ...axes, "outcome", "passed", "rounds", "ms", "sent", "received", "lost"];
  const lines = sorted.map((row) => [
    row.index,
    row.seed,
    ...axes.map((axis) => row.bindings.find((one) => one.axis === axis)?.value ?? ""),
    row.outcome,
    String(row.passed),
    row.rounds,
    row.clock,
    row.sent,
    row.received,
    row.lost,
    row.violations.join("; "),
    row.failures.join("; "),
  ]);
  return `${[[...head, "violations", "failures"], ...lines].map((line) => line.map(escaped).join(",")).join("\n")}\n`;
};
