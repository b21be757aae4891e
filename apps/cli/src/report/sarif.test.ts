import { analyse } from "@parley/core";
import { describe, expect, test } from "vitest";
import { broken, sound } from "../testing/parley.ts";
import { sarif } from "./sarif.ts";

const findings = (file: string, source: string) => ({
  file,
  source,
  diagnostics: analyse(source).diagnostics,
});
const twice = sound.replace("A -> B : Hello", "A { flow_cost : 1, flow_cost : 2 } -> B : Hello");

// biome-ignore lint/suspicious/noExplicitAny: the log is looked into freely
const log = (...files: readonly ReturnType<typeof findings>[]): any =>
  JSON.parse(JSON.stringify(sarif(files)));

const everyRegion = (value: unknown, found: Record<string, number>[] = []): Record<string, number>[] => {
  if (value === null || typeof value !== "object") return found;
  for (const [key, part] of Object.entries(value)) {
    if (key === "region" || key === "deletedRegion") found.push(part as Record<string, number>);
    else everyRegion(part, found);
  }
  return found;
};

describe("a SARIF log", () => {
  const made = log(
    findings("a b/broken.tell", broken),
    findings("twice.tell", twice),
    findings("sound.tell", sound),
  );
  const [run] = made.runs;

  test("is of version 2.1.0, with one run of one driver", () => {
    expect([made.version, made.$schema]).toEqual(["2.1.0", expect.stringMatching(/sarif-2\.1\.0\.json$/)]);
    expect(made.runs).toHaveLength(1);
    expect(run.tool.driver.name).toBe("parley");
    expect(run.columnKind).toBe("unicodeCodePoints");
  });

  test("describes every rule it uses once, with an absolute help address", () => {
    const ids = run.tool.driver.rules.map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const rule of run.tool.driver.rules) {
      expect(rule.shortDescription.text.length).toBeGreaterThan(0);
      expect(rule.fullDescription.text.length).toBeGreaterThan(0);
      expect(new URL(rule.helpUri).hash).toBe(`#${rule.id.toLowerCase()}`);
      expect(["error", "warning", "note"]).toContain(rule.defaultConfiguration.level);
      expect(rule.name).toMatch(/^\w+$/);
    }
  });

  test("has a result for every finding, pointing at its rule, at a relative address and a region", () => {
    expect(run.results.length).toBeGreaterThanOrEqual(3);
    for (const result of run.results) {
      expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
      expect(["error", "warning", "note"]).toContain(result.level);
      expect(result.message.text.length).toBeGreaterThan(0);
      const { uri } = result.locations[0].physicalLocation.artifactLocation;
      expect(() => new URL(uri, "file:///base/")).not.toThrow();
      expect(uri).not.toContain(" ");
    }
    for (const region of everyRegion(run)) {
      for (const key of ["startLine", "startColumn", "endLine", "endColumn"])
        expect(region[key]).toBeGreaterThan(0);
      const before = (region.startLine ?? 0) < (region.endLine ?? 0);
      expect(before || (region.startColumn ?? 0) <= (region.endColumn ?? 0)).toBe(true);
    }
  });

  test("carries related places and fixes as replacements", () => {
    const result = run.results.find(({ ruleId }: { ruleId: string }) => ruleId === "PAR4006");
    expect(result.relatedLocations[0]).toMatchObject({
      id: 0,
      message: { text: "given here first" },
      physicalLocation: { region: { startLine: 4, startColumn: 7 } },
    });
    expect(result.fixes).toEqual([
      {
        description: { text: "Remove `flow_cost`" },
        artifactChanges: [
          {
            artifactLocation: { uri: "twice.tell" },
            replacements: [
              {
                deletedRegion: { startLine: 4, startColumn: 20, endLine: 4, endColumn: 35 },
                insertedContent: { text: "" },
              },
            ],
          },
        ],
      },
    ]);
  });

  test("of sound files has no results", () => {
    expect(log(findings("sound.tell", sound)).runs[0].results).toEqual([]);
  });
});
