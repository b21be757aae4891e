import { describe, expect, it } from "vitest";
import { pingSource } from "../testing/sample-sources.ts";
import { imageOfText } from "../testing/simulated.ts";
import { setPath } from "./raw-scenario.ts";
import { sweepRunAt, sweepRuns, sweepSize } from "./sweep.ts";
import { makeRun, summarise } from "./sweep-table.ts";

const image = imageOfText(pingSource);
const imageFor = () => ({ ok: true, image }) as const;
const raw = {
  name: "ping",
  adversaries: [{ id: "thief", action: { type: "withholding" }, budget: { total: 1 } }],
  properties: { eventually: ["A.done"] },
};
const budgets = { path: "adversaries.thief.budget.total", values: [0n, 1n, 2n] };

describe("a sweep", () => {
  it("is the product of its axes, seeds outermost", () => {
    const plan = { seeds: [1n, 2n], axes: [budgets] };
    const runs = [...sweepRuns(raw, plan)];
    expect(sweepSize(plan)).toBe(6);
    expect(runs.map(({ bindings }) => bindings.map(({ value }) => value).join())).toEqual([
      "1,0",
      "1,1",
      "1,2",
      "2,0",
      "2,1",
      "2,2",
    ]);
    expect(runs.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(sweepRunAt(raw, plan, 4)).toEqual(runs[4]);
  });

  it("lets an adversary of budget 0 wake and do nothing", () => {
    const rows = [...sweepRuns(raw, { axes: [budgets] })].map((run) => makeRun(run, imageFor));
    expect(rows.map(({ row }) => row.outcome)).toEqual(["completed", "stuck", "stuck"]);
    expect(rows[0]?.result?.incidents).toMatchObject([{ kind: "activated", remaining: 0 }]);
  });

  it("with an axis without values is empty, and without axes is the scenario itself", () => {
    expect([...sweepRuns(raw, { axes: [{ path: "steps", values: [] }] })]).toEqual([]);
    expect([...sweepRuns(raw, { axes: [] })]).toHaveLength(1);
  });

  it("names an adversary that is not there, and a value that does not fit", () => {
    const refused = (path: string, value: unknown) => {
      const [run] = sweepRuns(raw, { axes: [{ path, values: [value] }] });
      return run === undefined ? undefined : makeRun(run, imageFor).row;
    };
    expect(refused("adversaries.nobody.budget.total", 1)).toMatchObject({
      outcome: "refused",
      failures: [expect.stringContaining("missing adversary id nobody")],
    });
    expect(refused("network.loss_probability", 7)).toMatchObject({ outcome: "refused", passed: false });
    expect(refused("name.first", 7)).toMatchObject({ outcome: "refused" });
  });

  it("sums up in the order of the runs, whoever was first", () => {
    const rows = [...sweepRuns(raw, { seeds: [3n, 4n], axes: [budgets] })].map(
      (run) => makeRun(run, imageFor).row,
    );
    const summary = summarise(rows);
    expect(summarise([...rows].reverse())).toEqual(summary);
    expect(summary).toMatchObject({
      runs: 6,
      passed: 2,
      failed: 4,
      outcomes: { completed: 2, stuck: 4 },
      violations: { "eventually: A.done": 4 },
    });
  });
});

describe("a path", () => {
  it("leads through tables, made where they are missing, and to items by id or number", () => {
    expect(setPath({}, "network.loss_probability", 0.1)).toEqual({ network: { loss_probability: 0.1 } });
    expect(setPath({ a: [{ id: "x", n: 1 }] }, "a.x.n", 2)).toEqual({ a: [{ id: "x", n: 2 }] });
    expect(setPath({ a: [1, 2] }, "a.1", 3)).toEqual({ a: [1, 3] });
    for (const path of ["a.5", "a.y", "a.0.z", "", "a..b", "__proto__.x"])
      expect(setPath({ a: [1] }, path, 1)).toBeUndefined();
  });
});
