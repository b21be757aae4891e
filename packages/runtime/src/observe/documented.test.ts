import { readFileSync } from "node:fs";
import { analyse } from "@parley/core";
import { expect, test } from "vitest";
import { compileImage } from "../machine/code/image.ts";
import { shopSource } from "../testing/sample-sources.ts";
import { checkPredicate } from "./check-predicate.ts";
import { facts, ofRole } from "./evaluate.ts";
import { parsePredicate } from "./predicate.ts";

const text = readFileSync(new URL("../../../../docs/history.md", import.meta.url), "utf8");
const [, table = ""] = /\| fact \|.*\n((?:\|.*\n)+)/.exec(text) ?? [];
const locals = analyse(shopSource).samples?.at(-1)?.locals ?? {};
const image = compileImage({ version: "", locals: new Map(Object.entries(locals)) });

test("every fact is in the docs, and every predicate there can be asked", () => {
  for (const fact of facts) expect(table).toContain(`\`${fact}`);
  for (const fact of ofRole) expect(table).toMatch(new RegExp(`\`(Role)?\\.${fact}\``));
  const block = /```\n(sent[\s\S]*?)```/.exec(text)?.[1] ?? "";
  const inTable = [...table.matchAll(/`([a-zA-Z]+\([^`]*\))`/g)].map(([, one]) => one ?? "");
  const shown = [...block.trim().split("\n"), ...inTable];
  expect(shown.length).toBeGreaterThan(5);
  for (const one of shown) {
    const parsed = parsePredicate(one);
    expect([one, parsed.ok && checkPredicate(parsed.predicate, image)]).toEqual([one, undefined]);
  }
});
