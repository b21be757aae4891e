/** Everything to a green run: types, lint, unit and property tests, conformance, the browser. */
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildWeb } from "./lib/build-web.ts";
import { findChromium } from "./lib/chromium.ts";
import { type Count, single, sum } from "./lib/counts.ts";
import { FIRST_LOAD_LIMIT, firstLoadBytes } from "./lib/first-load.ts";
import { browserCount, unitCount } from "./lib/reports.ts";
import { run } from "./lib/run.ts";

const scratch = mkdtempSync(join(tmpdir(), "parley-test-"));
const stages: { name: string; count: Count; seconds: number }[] = [];

const stage = async (name: string, body: () => Promise<Count> | Count): Promise<void> => {
  console.log(`\n── ${name}`);
  const start = performance.now();
  const count = await body();
  stages.push({ name, count, seconds: Math.round((performance.now() - start) / 1000) });
};

/** A dot for every test is short; with its colours it is a hundred kilobytes where nobody sees them. */
const plain: Record<string, string> = process.stdout.isTTY ? {} : { NO_COLOR: "1" };

const vitest = (): Count => {
  const file = join(scratch, "vitest.json");
  const status = run(
    "vitest",
    ["run", "--reporter=dot", "--reporter=json", `--outputFile.json=${file}`],
    plain,
  );
  return unitCount(readFileSync(file, "utf8"), status);
};

const browser = async (): Promise<Count> => {
  const file = join(scratch, "playwright.json");
  const chromium = await findChromium();
  const status = run("playwright", ["test", "--reporter=list,json"], {
    PARLEY_CHROMIUM: chromium,
    PLAYWRIGHT_JSON_OUTPUT_NAME: file,
  });
  return browserCount(readFileSync(file, "utf8"), status);
};

await stage("types", () => single(run("node", ["scripts/typecheck.ts"])));
await stage("lint", () => single(run("node", ["scripts/lint.ts"])));
await stage("unit, property, conformance", vitest);
await stage("build", () => single(buildWeb()));
await stage("first load", () => {
  const bytes = firstLoadBytes();
  console.log(`${Math.round(bytes / 1024)} KB gzipped, at most ${FIRST_LOAD_LIMIT / 1024}`);
  return single(bytes <= FIRST_LOAD_LIMIT ? 0 : 1);
});
await stage("browser", browser);

// Last, where whoever reads only the end of a long output finds them.
for (const { name, count } of stages) {
  for (const failure of count.failures ?? []) console.log(`\n✗ ${name}: ${failure}`);
}
console.log("");
for (const { name, count, seconds } of stages) {
  console.log(
    `${name.padEnd(28)} ${String(count.passed).padStart(5)} passed ${String(count.failed).padStart(3)} failed  ${seconds} s`,
  );
}
const total = sum(stages.map((entry) => entry.count));
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);
