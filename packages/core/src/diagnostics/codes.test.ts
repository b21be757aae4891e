import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { analyse } from "../analyse.ts";
import { parseAndCheck } from "../check.ts";
import { projectionCodes } from "../projection/codes.ts";
import { topologyCodes } from "../topology-file/codes.ts";
import { readModules } from "../workspace/modules.ts";
import { applyFix } from "./apply-fix.ts";
import { type CodeEntry, codes } from "./codes.ts";

const page = readFileSync(new URL("../../../../docs/codes.md", import.meta.url), "utf8");
const sections = new Map(
  page
    .split(/^## /m)
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf("\n")).trim(), section] as const),
);
const example = (section: string, kind: "wrong" | "right"): string | undefined =>
  new RegExp(`\`\`\`tell ${kind}\n([\\s\\S]*?)\`\`\``).exec(section)?.[1];
const found = (source: string): string[] => parseAndCheck(source).diagnostics.map((d) => d.code);
/** Advice and admission need the whole file; the other rules are asked without them. */
const isAdvice = (id: string): boolean =>
  id === codes.linkImport.id || id.startsWith("PAR41") || id.startsWith("PAR50");
/** Examples of several files, each after a line `-- file: path`; the first one is asked. */
const foundInWorkspace = (source: string): string[] => {
  const parts = source.split(/^-- file: (\S+)\n/m).slice(1);
  const files = parts.flatMap((path, i) => (i % 2 === 0 ? [{ path, source: parts[i + 1] ?? "" }] : []));
  const [first] = files;
  if (first === undefined) return [];
  const { diagnostics } = analyse(first.source, {}, { modules: readModules(files), path: first.path });
  return diagnostics.map((d) => d.code).filter((code) => !isAdvice(code));
};
const foundFor = (id: string, source: string): string[] =>
  source.startsWith("-- file: ")
    ? foundInWorkspace(source)
    : isAdvice(id)
      ? analyse(source).diagnostics.map((d) => d.code)
      : found(source);
/** Examples that cannot show their code alone. */
const inCompany: ReadonlyMap<string, readonly string[]> = new Map([
  [codes.unclosedString.id, [codes.unclosedOpen.id]],
  [codes.undefinedLocalUncalled.id, [codes.unusedLocal.id]],
  [codes.badName.id, [codes.broadcastToNobody.id]],
  [codes.oneRole.id, [codes.selfSend.id]],
  [codes.packKeyUnused.id, [codes.packDrift.id]],
]);

/** Codes that need a text too large to print. */
const withoutExample = new Set<string>([
  codes.textTooLong.id,
  codes.tooManyErrors.id,
  codes.nestedTooDeep.id,
]);

describe("the table of codes", () => {
  const tables = [codes, projectionCodes, topologyCodes];
  const ids = tables.flatMap((table) => Object.values<CodeEntry>(table)).map((entry) => entry.id);

  it("has ids once each", () => {
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("has a page section for every code and none besides", () => {
    expect([...sections.keys()].sort()).toEqual([...ids].sort());
  });

  it.each(Object.values(codes).filter((entry) => !withoutExample.has(entry.id)))(
    "$id: the wrong example shows it, the right one shows nothing",
    ({ id }) => {
      const section = sections.get(id) ?? "";
      const others = inCompany.get(id) ?? [];
      const wrong = foundFor(id, example(section, "wrong") ?? "");
      expect(wrong.filter((code) => !others.includes(code))).toEqual([id]);
      expect(foundFor(id, example(section, "right") ?? "")).toEqual([]);
    },
  );

  it.each(Object.values(projectionCodes))("$id: projection tells its examples apart", ({ id }) => {
    const section = sections.get(id) ?? "";
    const wrong = example(section, "wrong");
    if (wrong === undefined) return;
    const all = (source: string): string[] =>
      analyse(source)
        .diagnostics.map((d) => d.code)
        .filter((code) => !isAdvice(code));
    expect(new Set(all(wrong))).toEqual(new Set([id]));
    expect(all(example(section, "right") ?? "")).toEqual([]);
  });

  it.each([...sections])("the fix offered for %s mends its example", (id, section) => {
    const wrong = example(section, "wrong") ?? "";
    for (const { code, fix } of parseAndCheck(wrong).diagnostics) {
      if (code === id && fix !== undefined) expect(found(applyFix(wrong, fix))).not.toContain(id);
    }
  });

  it("reports a text over the limit, and reads what lies before it", () => {
    const source = `protocol P =\n  roles A, B\n  A -> B : Hi\n${" ".repeat(1_048_576)}`;
    expect(found(source)).toEqual([codes.textTooLong.id]);
  });

  it("stops listing after five hundred findings", () => {
    const all = found(`protocol P =\n  roles A, B\n${"  ?\n".repeat(2_000)}`);
    expect(all.filter((code) => code === codes.tooManyErrors.id)).toHaveLength(1);
    expect(all.length).toBeLessThan(600);
  });

  it("reports blocks nested too deep instead of overflowing", () => {
    const source = `protocol P = ( roles A, B ${"rec A ( ".repeat(50_000)} A -> B : Hi ${")".repeat(50_001)}`;
    expect(found(source)).toContain(codes.nestedTooDeep.id);
  });
});
