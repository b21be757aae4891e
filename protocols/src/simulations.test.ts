import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { analyse, bind, projectAll } from "@parley/core";
import { compileImage } from "@parley/runtime/machine";
import { readScenario, replaySimulation, simulate } from "@parley/runtime/simulation";
import { describe, expect, it } from "vitest";
import { catalogue } from "./catalogue.ts";
import { parseScenarioToml, printScenarioToml } from "./scenario-toml.ts";

const root = join(import.meta.dirname, "..");

const texts = catalogue().flatMap(({ namespace, source }) => {
  const folder = join(root, namespace, "simulations");
  let files: readonly string[] = [];
  try {
    files = readdirSync(folder);
  } catch {
    return [];
  }
  return files.map((file) => ({ namespace, source, file, text: readFileSync(join(folder, file), "utf8") }));
});

const scenarioIn = (text: string) => {
  const parsed = parseScenarioToml(text);
  if (!parsed.ok) throw new Error(parsed.error.reason);
  const read = readScenario(parsed.raw);
  if (!read.ok) throw new Error(read.errors.map(({ path, reason }) => `${path}: ${reason}`).join("; "));
  return { raw: parsed.raw, scenario: read.scenario };
};

describe("the simulations beside the catalogue", () => {
  it("are several, of a lossy network, a crash, a partition and a forgery", () => {
    expect(texts.map(({ file }) => file).sort()).toEqual([
      "crashed-guardian.toml",
      "forged-answer.toml",
      "lossy-network.toml",
      "partitioned-participant.toml",
    ]);
  });

  it.each(texts)("$namespace/$file shows what it expects, and shows it again", ({ source, text }) => {
    const { scenario } = scenarioIn(text);
    const { kernel } = analyse(source);
    if (kernel === undefined) throw new Error("no kernel");
    const bound = bind(kernel, scenario);
    if (!bound.ok) throw new Error("not bound");
    const { locals } = projectAll(bound.protocol);
    const image = compileImage({ version: "", locals: new Map(Object.entries(locals)) });
    const found = simulate(image, scenario);
    if (!found.ok) throw new Error(found.errors.map(({ reason }) => reason).join("; "));
    expect(found.result.verdict).toEqual({ passed: true, failures: [] });
    expect(scenario.expect).toBeDefined();
    expect(replaySimulation(image, scenario, found.result)).toEqual({ kind: "equal" });
  });

  it.each(texts)("$namespace/$file survives being printed and read", ({ text }) => {
    const { raw, scenario } = scenarioIn(text);
    expect(scenarioIn(printScenarioToml(raw)).scenario).toEqual(scenario);
  });

  it("and the example of the page are scenarios", () => {
    const page = readFileSync(join(root, "../docs/scenarios.md"), "utf8");
    expect(scenarioIn(/```toml\n([\s\S]*?)```/.exec(page)?.[1] ?? "").scenario.name).toBe("late-answer");
  });

  it("tells what is no TOML", () => {
    expect(parseScenarioToml("name = ")).toMatchObject({
      ok: false,
      error: { code: "PAR8114", reason: expect.stringMatching(/^parse TOML: /) },
    });
  });
});
