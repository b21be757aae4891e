import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { scenarioKeys } from "./read-scenario.ts";
import { eventKinds, outcomes, policies } from "./scenario.ts";
import { scenarioCodes } from "./scenario-error.ts";

const page = readFileSync(new URL("../../../../docs/scenarios.md", import.meta.url), "utf8");

describe("docs/scenarios.md", () => {
  it("says what every key of a scenario is", () => {
    const rows = page.split("\n").filter((line) => line.startsWith("| `"));
    const described = rows.flatMap((row) =>
      [...(row.split("|")[1] ?? "").matchAll(/`(\w+)`/g)].map(([, key]) => key),
    );
    expect(described.filter((key) => scenarioKeys.some((known) => known === key))).toEqual(
      expect.arrayContaining([...scenarioKeys]),
    );
    expect(described.filter((key) => !scenarioKeys.some((known) => known === key))).toEqual([]);
  });

  it("has a row for every code, with its kind", () => {
    const rows = [...page.matchAll(/^\| (PAR81\d\d) \| `([\w-]+)` \| .{20,} \|$/gm)].map(([, code, kind]) => [
      kind,
      code,
    ]);
    expect(Object.fromEntries(rows)).toEqual(scenarioCodes);
  });

  it("names every word a key may take", () => {
    for (const word of [...policies, ...outcomes, ...eventKinds]) expect(page).toContain(`\`${word}\``);
  });
});
