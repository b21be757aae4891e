import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyse } from "../analyse.ts";
import { allCodes } from "./code-by-id.ts";
import { applySeverities, type ConfiguredSeverity, describeProblem, readConfig } from "./severity-config.ts";

const problems = (json: unknown): readonly string[] => {
  const read = readConfig(JSON.stringify(json));
  return read.ok ? [] : read.problems.map(describeProblem);
};

describe("parley.json", () => {
  it("raises, lowers and switches off hints and warnings", () => {
    const source = "protocol P =\n  roles A, B\n  A -> B : Ask\n  B -> A : Tell\n";
    const { diagnostics } = analyse(source);
    const as = (to: ConfiguredSeverity) =>
      applySeverities(diagnostics, { severities: { PAR5015: to }, bundles: [] }).map(
        ({ severity }) => severity,
      );
    expect([as("error"), as("warning"), as("info"), as("off")]).toEqual([
      ["error"],
      ["warning"],
      ["info"],
      [],
    ]);
  });

  it("registers bundles", () => {
    expect(readConfig('{ "bundles": ["archive"] }')).toEqual({
      ok: true,
      config: { severities: {}, bundles: ["archive"] },
    });
  });

  it("is refused with every reason at once, and what was meant", () => {
    expect(
      problems({
        severites: {},
        severities: { par5015: "off", PAR5016: "loud", PAR4012: "off", PAR9999: "info" },
        bundles: "archive",
      }),
    ).toEqual([
      "there is no setting severites; did you mean severities?",
      "there is no finding par5015; did you mean PAR5015?",
      'PAR5016 is set to "loud"; say error, warning, info or off',
      "PAR4012 (Unknown annotation) is an error and cannot be lowered to off: what it finds would not run",
      "there is no finding PAR9999",
      "bundles must be a list of bundle names",
    ]);
    expect(problems([])).toEqual(["the file must be an object"]);
    expect(readConfig("{").ok).toBe(false);
  });

  it("lowers no rule that fails closed, and raises every other", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...allCodes),
        fc.constantFrom<ConfiguredSeverity>("error", "warning", "info", "off"),
        ({ id, severity }, to) => {
          expect(readConfig(JSON.stringify({ severities: { [id]: to } })).ok).toBe(
            severity !== "error" || to === "error",
          );
        },
      ),
    );
  });

  it("has a schema for editors that names the same settings", () => {
    const schema = JSON.parse(
      readFileSync(new URL("../../../../docs/parley.schema.json", import.meta.url), "utf8"),
    ) as { readonly properties: Readonly<Record<string, { readonly patternProperties?: object }>> };
    for (const key of Object.keys(schema.properties)) {
      expect(problems({ [key]: key === "bundles" ? [] : key === "severities" ? {} : "x" })).toEqual([]);
    }
    const [pattern] = Object.keys(schema.properties.severities?.patternProperties ?? {});
    expect(allCodes.filter(({ id }) => !new RegExp(pattern ?? "^$").test(id))).toEqual([]);
  });
});
