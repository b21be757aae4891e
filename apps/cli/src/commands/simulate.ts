import { parseArgs } from "node:util";
import { parseScenarioToml } from "@parley/protocols";
import {
  makeRun,
  type RawScenario,
  readScenario,
  type ScenarioError,
  type SweepPlan,
  type SweepSummary,
  summarise,
  sweepRunAt,
  sweepSize,
} from "@parley/runtime/simulation";
import { pretty } from "../report/diagnostics.ts";
import { FINDINGS, OK, USAGE, UsageError } from "../report/exit.ts";
import { type Format, readFormat, readText } from "../report/input.ts";
import { junit } from "../simulate/junit.ts";
import { type LoadedProtocol, loadProtocol } from "../simulate/load-protocol.ts";
import { errorLines, runText, sweepText } from "../simulate/pretty.ts";
import { runSweep } from "../simulate/run-sweep.ts";
import { saveTest, writeMinimised } from "../simulate/save-scenario.ts";
import { checkSize, readJobs, readParams, readSeeds } from "../simulate/sweep-options.ts";
import { writeText } from "../simulate/write-text.ts";

interface SimulateOptions {
  readonly file: string;
  readonly scenarioFile: string;
  readonly plan: SweepPlan;
  readonly jobs: number;
  readonly format: Format;
  readonly junit: string | undefined;
  readonly minimise: string | undefined;
  readonly save: string | undefined;
}

const readOptions = (args: readonly string[]): SimulateOptions => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      scenario: { type: "string" },
      seeds: { type: "string" },
      param: { type: "string", multiple: true },
      jobs: { type: "string" },
      format: { type: "string" },
      junit: { type: "string" },
      minimise: { type: "string" },
      save: { type: "string" },
    },
  });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) throw new UsageError("which file?");
  if (values.scenario === undefined) throw new UsageError("which scenario? --scenario FILE.toml");
  const seeds = readSeeds(values.seeds);
  const plan = { axes: readParams(values.param ?? []), ...(seeds === undefined ? {} : { seeds }) };
  checkSize(sweepSize(plan));
  return {
    file,
    scenarioFile: values.scenario,
    plan,
    jobs: readJobs(values.jobs),
    format: readFormat(values.format),
    junit: values.junit,
    minimise: values.minimise,
    save: values.save,
  };
};

/** JSON of results: bigints as text, bytes left out. */
const json = (value: unknown): string =>
  JSON.stringify(
    value,
    (_, part: unknown) =>
      typeof part === "bigint" ? String(part) : part instanceof Uint8Array ? undefined : part,
    1,
  );

type FoundScenario =
  | { readonly ok: true; readonly raw: RawScenario; readonly name: string }
  | { readonly ok: false; readonly errors: readonly ScenarioError[] };

const loadScenario = (file: string): FoundScenario => {
  const parsed = parseScenarioToml(readText(file));
  if (!parsed.ok) return { ok: false, errors: [parsed.error] };
  const read = readScenario(parsed.raw);
  return read.ok ? { ok: true, raw: parsed.raw, name: read.scenario.name } : read;
};

const sweep = async (
  options: SimulateOptions,
  protocol: LoadedProtocol,
  raw: RawScenario,
): Promise<{ readonly summary: SweepSummary; readonly cancelled: boolean }> => {
  const stop = new AbortController();
  const onInterrupt = (): void => stop.abort();
  process.once("SIGINT", onInterrupt);
  let shown = Number.NEGATIVE_INFINITY;
  const progress = (done: number, all: number): void => {
    if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${all} runs`);
    else if (done === all || done - shown >= 1_000) {
      shown = done;
      process.stderr.write(`${done} of ${all} runs\n`);
    }
  };
  try {
    const { file, plan, jobs } = options;
    const rows = await runSweep({ file, raw, plan, jobs, protocol, signal: stop.signal, progress });
    if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
    return { summary: summarise(rows), cancelled: stop.signal.aborted };
  } finally {
    process.removeListener("SIGINT", onInterrupt);
  }
};

/**
 * Runs a protocol under a scenario, once or over seeds and parameters. Exit 0
 * when every run was as expected, 1 when one was not or the sweep was
 * cancelled, 2 for a scenario or an option that is wrong.
 */
export const simulate = async (args: readonly string[]): Promise<number> => {
  const options = readOptions(args);
  const { scenarioFile, file, format, plan } = options;
  const found = loadScenario(scenarioFile);
  if (!found.ok) {
    if (format === "json") console.log(json({ ok: false, errors: found.errors }));
    else console.error(errorLines(scenarioFile, found.errors));
    return USAGE;
  }
  const protocol = loadProtocol(file);
  if (protocol.errors.length > 0) {
    console.error(pretty(file, protocol.source, protocol.errors));
    return FINDINGS;
  }
  const { raw, name } = found;
  const { summary, cancelled } = await sweep(options, protocol, raw);
  const notes = [
    ...(options.minimise === undefined
      ? []
      : [writeMinimised(options.minimise, plan, protocol, raw, summary)]),
    ...(options.save === undefined ? [] : [saveTest(options.save, plan, protocol, raw)]),
    ...(cancelled ? [`cancelled after ${summary.runs} of ${sweepSize(plan)} runs`] : []),
  ];
  if (options.junit !== undefined) writeText(options.junit, junit(name, summary));
  const result =
    sweepSize(plan) === 1 ? makeRun(sweepRunAt(raw, plan, 0), protocol.imageFor).result : undefined;
  const ok = summary.failed === 0 && !cancelled;
  if (format === "json") console.log(json({ ok, cancelled, summary, result, notes }));
  else {
    console.log(result === undefined ? sweepText(summary) : runText(result));
    for (const text of notes) console.error(text);
  }
  if (summary.rows.some(({ outcome }) => outcome === "refused")) return USAGE;
  return ok ? OK : FINDINGS;
};
