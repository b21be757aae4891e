import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const folder = import.meta.dirname;
const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
  .map((file) => readFileSync(join(folder, file), "utf8"))
  .join("\n");

test("every code of a guard has its section, and the section names the kind it stands for", () => {
  const docs = readFileSync(join(folder, "../../../../docs/errors.md"), "utf8");
  const pairs = [...sources.matchAll(/code: "(PAR76\d\d)";\s*readonly kind: "([a-z-]+)"/g)];
  expect(new Set(pairs.map(([, code]) => code)).size).toBeGreaterThan(33);
  for (const [, code, kind] of pairs) {
    const section = docs.split(`## ${code}\n`)[1]?.split("\n## ")[0] ?? "";
    expect([code, section.includes(`(\`${kind}\``)]).toEqual([code, true]);
  }
});

test("a code stands for one kind", () => {
  const kinds = new Map<string, Set<string>>();
  for (const [, code = "", kind = ""] of sources.matchAll(
    /code: "(PAR76\d\d)"[;,]\s*(?:readonly )?kind: "([a-z-]+)"/g,
  ))
    kinds.set(code, (kinds.get(code) ?? new Set()).add(kind));
  expect([...kinds].filter(([, said]) => said.size > 1)).toEqual([]);
});
