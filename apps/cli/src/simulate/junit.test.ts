import type { SweepRow } from "@parley/runtime/simulation";
import { summarise } from "@parley/runtime/simulation";
import { describe, expect, test } from "vitest";
import { junit } from "./junit.ts";

const row = (index: number, more: Partial<SweepRow>): SweepRow => ({
  index,
  seed: "1",
  bindings: [],
  outcome: "completed",
  passed: true,
  violations: [],
  failures: [],
  rounds: 1,
  clock: 1,
  sent: 0,
  received: 0,
  lost: 0,
  delayed: 0,
  corrupted: 0,
  crashes: 0,
  faults: 0,
  ...more,
});

/** Names of the elements in order of opening; throws where they do not nest. */
const elements = (xml: string): readonly string[] => {
  const open: string[] = [];
  const seen: string[] = [];
  const rest = xml.replace(
    /<(\/?)([a-z?]+)((?: [\w-]+="[^"<&]*(?:&(?:amp|lt|gt|quot|#\d+);[^"<&]*)*")*)(\/|\?)?>/g,
    (_, end, name, _more, self) => {
      if (end === "/" && open.pop() !== name) throw new Error(`</${name}> closes something else`);
      if (end !== "/") seen.push(name);
      if (end !== "/" && self === undefined) open.push(name);
      return "";
    },
  );
  if (open.length > 0 || /[<>]|&(?!amp;|lt;|gt;|quot;|#\d+;)/.test(rest)) throw new Error(`left: ${rest}`);
  return seen;
};

describe("a JUnit report", () => {
  const summary = summarise([
    row(0, { bindings: [{ axis: "seed", value: "1" }] }),
    row(1, {
      passed: false,
      outcome: "stuck",
      violations: ['never: A == "<b>" && true'],
      failures: ['never: A == "<b>" && true is violated\nin round 1', "second \u0007 bell \ud800"],
    }),
    row(2, { passed: false, outcome: "refused", failures: ["PAR8110 roles: no role"] }),
  ]);
  const xml = junit('suite "x" & <y>', summary);

  test("is well formed, whatever names and messages hold", () => {
    expect(elements(xml)).toEqual([
      "?xml",
      "testsuites",
      "testsuite",
      "testcase",
      "testcase",
      "failure",
      "testcase",
      "error",
    ]);
    expect([...xml].filter((char) => char < " " && char !== "\n")).toEqual([]);
    expect(xml.isWellFormed()).toBe(true);
  });

  test("counts what failed and what could not run", () => {
    expect(xml).toContain('tests="3" failures="1" errors="1"');
    expect(xml).toContain('name="seed=1"');
    expect(xml).toContain('name="seed 1"');
  });
});
