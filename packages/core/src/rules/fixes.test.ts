import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { analyse } from "../analyse.ts";
import { applyFix } from "../diagnostics/apply-fix.ts";

const page = readFileSync(new URL("../../../../docs/codes.md", import.meta.url), "utf8");
const wrongExamples = page
  .split(/^## /m)
  .slice(1)
  .flatMap((section) => {
    const wrong = /```tell wrong\n([\s\S]*?)```/.exec(section)?.[1];
    return wrong === undefined ? [] : [[section.slice(0, section.indexOf("\n")).trim(), wrong] as const];
  });

/** How often each code is found. */
const tally = (source: string): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const { code } of analyse(source).diagnostics) counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts;
};

const fixes = wrongExamples.flatMap(([id, source]) =>
  analyse(source).diagnostics.flatMap(({ code, fix }) =>
    fix === undefined ? [] : [{ id, source, code, fix }],
  ),
);

describe("every fix offered for an example of the documentation", () => {
  it.each(fixes)(
    "$id: the fix for $code, '$fix.title', removes it and adds none",
    ({ source, code, fix }) => {
      const before = tally(source);
      const after = tally(applyFix(source, fix));
      expect(after.get(code) ?? 0).toBeLessThan(before.get(code) ?? 0);
      const added = [...after].filter(([one, n]) => n > (before.get(one) ?? 0));
      expect(added).toEqual([]);
    },
  );

  it("is offered for a good part of the findings", () => {
    expect(new Set(fixes.map(({ code }) => code)).size).toBeGreaterThanOrEqual(30);
  });
});
