import { analyse } from "@parley/core";
import { parseScenarioToml } from "@parley/protocols/scenario-toml";
import { imagesOf, makeRun, minimise, readScenario, simulate, sweepRunAt } from "@parley/runtime/simulation";
import { expect, test } from "vitest";
import { minimisedView } from "./minimised-view.ts";
import { runView } from "./run-view.ts";

const SOURCE = `module order exposing (Order)

protocol Order =
  roles Buyer, Shop
  Buyer -> Shop : Ask
  Shop -> Buyer : Price of Nat
`;

const RAW = {
  name: "lossy",
  seed: 3n,
  network: { base_latency_ms: 5, loss_probability: 0.9 },
  properties: { invariants: ["no_faults"], never: ["stuck"] },
};

const first = () => {
  const imageFor = imagesOf(analyse(SOURCE));
  const run = sweepRunAt(RAW, { axes: [] }, 0);
  const { row, result } = makeRun(run, imageFor);
  if (!run.scenario.ok || result === undefined) throw new Error("refused");
  const image = imageFor(run.scenario.scenario);
  if (!image.ok) throw new Error("no image");
  return { image: image.image, view: runView(row, run.scenario.scenario, result), raw: run.raw };
};

test("a run is told step by step, with what became of each property", () => {
  const { view } = first();
  expect(view.title).toBe("seed 3");
  expect(view.story.map(({ text, tone }) => [tone, text])).toEqual([
    ["role", "Buyer sends Ask to Shop"],
    ["world", expect.stringMatching(/^Ask from Buyer to Shop is lost/)],
    ["violation", "never: stuck is violated: it held"],
  ]);
  expect(view.monitors).toMatchObject([
    { name: "no_faults", held: true },
    { name: "never: stuck", held: false, details: "it held" },
  ]);
  expect([view.harmed, view.row.passed, view.row.outcome]).toEqual([1, false, "stuck"]);
});

test("a minimised run is a test that passes by failing in the same way, under a name that can be an address", () => {
  const { image, view, raw } = first();
  const found = minimise(image, raw);
  if (!found.ok) throw new Error(found.reason);
  const small = minimisedView(view, found.minimised);
  expect(small).toMatchObject({ name: "lossy-never-stuck", failure: "never: stuck" });
  expect(small.elements).toEqual(["faults: from Buyer to Shop nth 0 do drop"]);
  const parsed = parseScenarioToml(small.toml);
  if (!parsed.ok) throw new Error(parsed.error.reason);
  expect(parsed.raw.name).toBe("lossy-never-stuck");
  const read = readScenario(parsed.raw);
  if (!read.ok) throw new Error(read.errors[0]?.reason);
  const again = simulate(image, read.scenario);
  expect(again.ok && again.result.verdict).toEqual({ passed: true, failures: [] });
  expect(again.ok && again.result.outcome).toBe("stuck");
});
