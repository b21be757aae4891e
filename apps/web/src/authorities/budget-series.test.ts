import type { BudgetChange } from "@parley/wire/http";
import { expect, test } from "vitest";
import { budgetSeries, stepPath } from "./budget-series.ts";

const change = (limit: number, spent: number): BudgetChange => ({
  seq: 0,
  at: 0,
  kind: "charged",
  text: "",
  context: "ctx:a",
  peer: "bea",
  limit,
  spent,
  epoch: 0,
  charge: null,
});
const box = { width: 100, height: 50 };

test("a number holds until it changes: the line is made of steps", () => {
  const series = budgetSeries([change(100, 0), change(100, 50), change(200, 50)]);
  expect(series.top).toBe(200);
  expect(stepPath(series, ({ spent }) => spent, box)).toBe("M0 50H50V37.5H100V37.5");
  expect(stepPath(series, ({ limit }) => limit, box)).toBe("M0 25H50V25H100V0");
});

test("one change, or a limit of nothing, can be drawn", () => {
  expect(stepPath(budgetSeries([change(0, 0)]), ({ spent }) => spent, box)).toBe("M0 50");
  expect(stepPath(budgetSeries([]), ({ spent }) => spent, box)).toBe("");
});
