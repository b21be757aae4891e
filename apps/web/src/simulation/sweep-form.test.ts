import type { SweepRow } from "@parley/runtime/simulation";
import { describe, expect, test } from "vitest";
import { commandLine, expectationText, isTest, pinsFailure } from "./job-words.ts";
import { freeName, renamed } from "./scenario-names.ts";
import { paramsOf, paramsText, readForm } from "./sweep-form.ts";
import { tableRows } from "./table-rows.ts";

describe("the form of a sweep", () => {
  test("says how many runs it asks for", () => {
    const form = {
      seeds: "1..10",
      params: [
        { path: "network.loss_probability", values: "0, 0.1,0.2" },
        { path: "", values: " " },
      ],
    };
    expect(readForm(form)).toMatchObject({ ok: true, size: 30 });
    expect(readForm({ seeds: "", params: [] })).toMatchObject({ ok: true, size: 1, plan: { axes: [] } });
  });

  test("says the first thing that is wrong with it, and never asks for more than can be run", () => {
    expect(readForm({ seeds: "x", params: [] })).toMatchObject({
      ok: false,
      why: expect.stringMatching(/^Seeds: /),
    });
    expect(readForm({ seeds: "", params: [{ path: "steps", values: "" }] })).toMatchObject({
      ok: false,
      why: expect.stringMatching(/^Parameter: steps names no value/),
    });
    const many = { seeds: "1..100000", params: [{ path: "steps", values: "1,2,3,4,5,6,7,8,9,10,11" }] };
    expect(readForm(many)).toMatchObject({ ok: false, why: expect.stringMatching(/1100000 runs/) });
  });

  test("comes back from an address", () => {
    const params = [
      { path: "network.loss_probability", values: "0,0.1" },
      { path: "steps", values: "10" },
    ];
    expect(paramsOf(paramsText({ seeds: "", params }))).toEqual(params);
    expect(paramsOf("")).toEqual([]);
  });
});

describe("names of scenarios", () => {
  test("are free, counted on from what is taken", () => {
    expect(freeName("lossy", new Set())).toBe("lossy");
    expect(freeName("lossy", new Set(["lossy", "lossy-2"]))).toBe("lossy-3");
  });

  test("are changed in the text, where it has one, and nowhere else", () => {
    expect(renamed('# name = "x"\nname = "a"\n[[adversaries]]\nid = "a"\n', "b")).toBe(
      '# name = "x"\nname = "b"\n[[adversaries]]\nid = "a"\n',
    );
    expect(renamed("steps = 1\n", "b")).toBe("steps = 1\n");
  });
});

describe("tests among scenarios", () => {
  test("are those that say what they expect", () => {
    expect(isTest('name = "a"\n\n[expect]\noutcome = "stuck"\n')).toBe(true);
    expect(isTest('expect = { outcome = "stuck" }')).toBe(true);
    expect(isTest('expect.outcome = "stuck"')).toBe(true);
    expect(isTest('# [expect]\ntitle = "what to expect"\n')).toBe(false);
  });

  test("are said in words, and pinned failures told apart", () => {
    const expects = expectationText({
      expect: { outcome: "stuck", violations: ["never: stuck"], holds: [] },
    });
    expect(expects).toBe("ends stuck, violates never: stuck");
    expect(pinsFailure(expects)).toBe(true);
    const fine = expectationText({ expect: { outcome: "completed", violations: [], holds: [] } });
    expect([fine, pinsFailure(fine)]).toEqual(["ends completed", false]);
    expect(expectationText({ expect: undefined })).toBe("nothing is violated");
    expect(commandLine("order", "lossy")).toBe("parley simulate order.tell --scenario lossy.toml");
  });
});

describe("the table of a sweep", () => {
  const row = (index: number, seed: string, rounds: number, passed = true): SweepRow => ({
    index,
    seed,
    bindings: [],
    outcome: passed ? "completed" : "stuck",
    passed,
    violations: [],
    failures: [],
    rounds,
    clock: 0,
    sent: 0,
    received: 0,
    lost: 0,
    delayed: 0,
    corrupted: 0,
    crashes: 0,
    faults: 0,
  });
  const rows = [row(0, "10", 5), row(1, "9", 7, false), row(2, "100", 5)];
  const order = (sort: "seed" | "rounds" | "run", down = false, filter = ""): readonly number[] =>
    tableRows(rows, { sort, down, filter }).map(({ index }) => index);

  test("sorts numbers as numbers, equal ones by run, and turns round", () => {
    expect(order("seed")).toEqual([1, 0, 2]);
    expect(order("rounds")).toEqual([0, 2, 1]);
    expect(order("rounds", true)).toEqual([1, 0, 2]);
    expect(order("run", true)).toEqual([2, 1, 0]);
  });

  test("shows one outcome, or whatever failed", () => {
    expect(order("run", false, "completed")).toEqual([0, 2]);
    expect(order("run", false, "failed")).toEqual([1]);
    expect(order("run", false, "limit")).toEqual([]);
  });
});
