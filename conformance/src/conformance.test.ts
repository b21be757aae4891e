import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { parse } from "@parley/core";
import { describe, expect, it } from "vitest";
import covered from "../covered.json" with { type: "json" };
import { caseFiles } from "./case-files.ts";
import { judge } from "./judge.ts";

const shared = process.env.PARLEY_SHARED ?? resolve(import.meta.dirname, "../../../shared");
const corpus = `${shared}/conformance`;

/** A case whose text uses a construct this version only names. */
const outside = (input: string): boolean => parse(input).diagnostics.some(({ code }) => code === "PAR1901");

describe.skipIf(!existsSync(corpus))("conformance to the reference", () => {
  describe.each(["projection", "language", "machine", "deviations"] as const)("%s", (area) => {
    const cases = caseFiles(`${corpus}/${area}`);
    const ours = cases.filter((file) => file.area !== "language" || !outside(file.input));

    it(`covers ${covered[area].covered} of ${covered[area].of} cases`, () => {
      expect({ covered: ours.length, of: cases.length }).toEqual(covered[area]);
    });

    it.each(ours.map((file) => [file.name, file] as const))("%s", (_, file) => {
      expect(judge(file)).toEqual([]);
    });
  });
});
