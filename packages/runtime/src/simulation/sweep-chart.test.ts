import { describe, expect, it } from "vitest";
import { distribution, sweepChart, sweepCsv } from "./sweep-chart.ts";
import type { SweepRow } from "./sweep-table.ts";
import { readAxis, readSeeds } from "./sweep-text.ts";

const row = (index: number, more: Partial<SweepRow> = {}): SweepRow => ({
  index,
  seed: String(index),
  bindings: [],
  outcome: "completed",
  passed: true,
  violations: [],
  failures: [],
  rounds: 10 + index,
  clock: 1,
  sent: 0,
  received: 0,
  lost: 0,
  delayed: 0,
  corrupted: 0,
  crashes: 0,
  faults: 0,
  ...more,
});
const bound = (index: number, seed: string, loss: string, more: Partial<SweepRow> = {}): SweepRow =>
  row(index, {
    seed,
    bindings: [
      { axis: "seed", value: seed },
      { axis: "network.loss_probability", value: loss },
    ],
    ...more,
  });

describe("the picture of a sweep", () => {
  it("has a line per choice of parameters and a column per seed, whoever finished first", () => {
    const rows = [
      bound(3, "2", "0.5", { passed: false, outcome: "stuck" }),
      bound(0, "1", "0"),
      bound(1, "1", "0.5", { passed: false, outcome: "faulted" }),
      bound(2, "2", "0"),
    ];
    const chart = sweepChart(rows);
    expect(chart.lines).toEqual(["loss_probability = 0", "loss_probability = 0.5"]);
    expect(chart.seeds).toEqual(["seed 1", "seed 2"]);
    expect(chart.cells.map(({ column, line, worst, show }) => [column, line, worst, show])).toEqual([
      [0, 0, "passed", 0],
      [0, 1, "failed", 1],
      [1, 0, "passed", 2],
      [1, 1, "stuck", 3],
    ]);
    expect(chart.cells[3]?.label).toBe("seed 2, loss_probability = 0.5: failed, stuck");
  });

  it("puts many seeds together, and shows the first that failed of each stretch", () => {
    const rows = Array.from({ length: 600 }, (_, i) => row(i, { passed: i !== 125 }));
    const chart = sweepChart(rows, 60);
    expect(chart.columns).toBe(60);
    expect(chart.cells).toHaveLength(60);
    expect(chart.cells.reduce((sum, { runs }) => sum + runs, 0)).toBe(600);
    const failed = chart.cells.filter((cell) => cell.failed > 0);
    expect(failed).toMatchObject([{ column: 12, show: 125, label: "seeds 120 to 129: 1 of 10 failed" }]);
  });

  it("counts every run that ran once in a distribution", () => {
    const rows = [
      ...Array.from({ length: 101 }, (_, i) => row(i, { passed: i % 2 === 0 })),
      row(200, { outcome: "refused" }),
    ];
    const bins = distribution(rows, ({ rounds }) => rounds);
    expect(bins.length).toBeLessThanOrEqual(20);
    expect(bins.reduce((sum, { passed, failed }) => sum + passed + failed, 0)).toBe(101);
    for (const [i, bin] of bins.entries()) if (i > 0) expect(bin.from).toBe(bins[i - 1]?.to);
    expect(distribution([row(0)], ({ rounds }) => rounds)).toEqual([
      { from: 10, to: 11, passed: 1, failed: 0 },
    ]);
    expect(distribution([], ({ rounds }) => rounds)).toEqual([]);
  });
});

describe("a sweep as comma-separated values", () => {
  it("has a column per swept key, in order of the runs, with marks quoted and formulas disarmed", () => {
    const csv = sweepCsv([
      bound(1, "2", "0.5", { passed: false, failures: ['=1+1, "x"'] }),
      bound(0, "1", "0"),
    ]);
    expect(csv.split("\n")).toEqual([
      "run,seed,network.loss_probability,outcome,passed,rounds,ms,sent,received,lost,violations,failures",
      "0,1,0,completed,true,10,1,0,0,0,,",
      `1,2,0.5,completed,false,11,1,0,0,0,,"'=1+1, ""x"""`,
      "",
    ]);
  });
});

describe("what is written for a sweep", () => {
  it("is read as seeds", () => {
    expect(readSeeds("1..3, 9")).toEqual({ ok: true, value: [1n, 2n, 3n, 9n] });
    for (const text of ["", "x", "1..", "3..1", "1..2..3", "0..9999999999"])
      expect(readSeeds(text).ok).toBe(false);
  });

  it("is read as values of a key", () => {
    expect(readAxis(" network.ordered ", "true, 0.5,2,soft")).toEqual({
      ok: true,
      value: { path: "network.ordered", values: [true, 0.5, 2n, "soft"] },
    });
    expect(readAxis("", "1").ok).toBe(false);
    expect(readAxis("a", " , ").ok).toBe(false);
  });
});
