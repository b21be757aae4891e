import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import covered from "../covered.json" with { type: "json" };
import { caseFiles } from "./case-files.ts";
import { judge } from "./judge.ts";

const shared = process.env.PARLEY_SHARED ?? resolve(import.meta.dirname, "../../../shared");
const corpus = `${shared}/conformance`;

describe.skipIf(!existsSync(corpus))("conformance to the reference", () => {
  describe.each(["projection", "language", "machine", "deviations"] as const)("%s", (area) => {
    const cases = caseFiles(`${corpus}/${area}`);

    it(`covers ${covered[area].covered} of ${covered[area].of} cases`, () => {
      expect({ covered: cases.length, of: cases.length }).toEqual(covered[area]);
    });

    it.each(cases.map((file) => [file.name, file] as const))("%s", (_, file) => {
      expect(judge(file)).toEqual([]);
    });
  });
});
