/**
 * Damages real protocols for as long as asked and tells what stumbles:
 * `npm run fuzz -- --seconds 120 --seed 7`. Each text runs in a worker that is
 * stopped when it takes longer than ten seconds; finds are written to `--out`.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { root } from "./lib/run.ts";

const HANG_MS = 10_000;

const tellFiles = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".tell") && !name.includes("node_modules"))
      .sort()
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
};

interface Find {
  readonly source: string;
  readonly why: string;
}

const main = async (): Promise<number> => {
  const { values } = parseArgs({
    options: { seconds: { type: "string" }, seed: { type: "string" }, out: { type: "string" } },
  });
  const { mutate, seededDraw } = await import("../packages/core/src/testing/fuzz.ts");
  const sources = [
    ...tellFiles(join(root, "protocols")),
    ...tellFiles(process.env.PARLEY_SHARED ?? join(root, "../shared/conformance")),
  ].map((file) => readFileSync(file, "utf8"));
  const draw = seededDraw(Number(values.seed ?? 1));
  const pick = (): string => sources[draw(sources.length)] ?? "";
  const until = performance.now() + Number(values.seconds ?? 60) * 1000;
  const finds = new Map<string, Find>();
  let tried = 0;
  let worker = new Worker(import.meta.filename);
  while (performance.now() < until) {
    const source = mutate(draw, pick(), pick());
    const why = await askWorker(worker, source);
    tried++;
    if (why === undefined) continue;
    if (why === "hang") worker = new Worker(import.meta.filename);
    // One find for each place: the first line and the innermost frame.
    const key = why.split("\n").slice(0, 2).join("\n");
    if (!finds.has(key)) finds.set(key, { source, why });
  }
  await worker.terminate();
  report([...finds.values()], values.out);
  console.log(`${tried} texts tried, ${finds.size} different complaints`);
  return finds.size === 0 ? 0 : 1;
};

const report = (finds: readonly Find[], out: string | undefined): void => {
  if (out !== undefined) mkdirSync(out, { recursive: true });
  for (const [k, { source, why }] of finds.entries()) {
    console.log(`\n── ${why.split("\n").slice(0, 6).join("\n")}\n${source.slice(0, 600)}`);
    if (out !== undefined) writeFileSync(join(out, `find-${k}.tell`), source);
  }
};

const askWorker = (worker: Worker, source: string): Promise<string | undefined> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => {
      worker.off("message", done);
      void worker.terminate().then(() => resolve("hang"));
    }, HANG_MS);
    const done = (why: string | undefined): void => {
      clearTimeout(timer);
      resolve(why);
    };
    worker.once("message", done);
    worker.postMessage(source);
  });

if (isMainThread) process.exit(await main());
else {
  const { complaint } = await import("../packages/core/src/testing/fuzz.ts");
  parentPort?.on("message", (source: string) => parentPort?.postMessage(complaint(source)));
}
