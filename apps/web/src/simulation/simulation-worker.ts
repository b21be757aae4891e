/// <reference lib="webworker" />
/** Runs scenarios off the main thread; ending the worker is how it is stopped. */
import { type Analysis, oneOfEachModule, parse } from "@parley/core";
import { openWorkspace } from "@parley/core/service";
import { parseScenarioToml } from "@parley/protocols/scenario-toml";
import {
  checkAgainst,
  imagesOf,
  makeRun,
  minimise,
  namesOf,
  type RawScenario,
  readScenario,
  type ScenarioNames,
  scenarioFindings,
  sessionReplay,
  simulate,
  sweepRunAt,
  tomlFinding,
} from "@parley/runtime/simulation";
import { expectationText } from "./job-words.ts";
import { minimisedView } from "./minimised-view.ts";
import { runView } from "./run-view.ts";
import type {
  RunPlace,
  ScenarioSummary,
  Simulated,
  SimulationAnswer,
  SimulationRequest,
} from "./simulation.ts";
import { readForm } from "./sweep-form.ts";

const moduleOf = (source: string): string | undefined => parse(source).file.module?.name.text;

const analysisOf = ({ own, files }: Simulated): Analysis | undefined => {
  const others = files
    .filter(({ uri }) => uri !== own.uri)
    .map((file) => ({ ...file, module: moduleOf(file.source) }));
  const seen = [...oneOfEachModule(others, moduleOf(own.source)), own];
  const workspace = openWorkspace(seen.map(({ uri, source }) => ({ uri, source, version: 1 })));
  const document = workspace.documents.get(own.uri);
  return document && workspace.analysis(document);
};

let analysis: Analysis | undefined;
let imageFor = imagesOf({});

const answer = (message: SimulationAnswer): void => postMessage(message);

const NO_NAMES: ScenarioNames = { roles: [], messages: [], labels: [] };

/** The names of the protocol at its sizes in the scenario, else at some. */
const knownNames = (scenario: Parameters<typeof imageFor>[0] | undefined): ScenarioNames => {
  for (const bindings of [scenario, analysis?.samples?.at(-1)?.bindings]) {
    const image = bindings && imageFor(bindings);
    if (image?.ok) return namesOf(image.image);
  }
  return NO_NAMES;
};

const summaryOf = (text: string): ScenarioSummary => {
  const { families = {}, names = {} } = analysis?.samples?.at(-1)?.bindings ?? {};
  const known = { sample: { families, names }, names: knownNames(undefined), ready: false };
  const parsed = parseScenarioToml(text);
  if (!parsed.ok) {
    const finding = tomlFinding(text, parsed.error, parsed.line, parsed.column);
    return { ...known, findings: [finding], isTest: false };
  }
  const isTest = parsed.raw.expect !== undefined;
  const read = readScenario(parsed.raw);
  if (!read.ok) return { ...known, findings: scenarioFindings(text, read.errors), isTest };
  const image = imageFor(read.scenario);
  const errors = image.ok ? checkAgainst(read.scenario, image.image) : image.errors;
  const findings = scenarioFindings(text, errors);
  return { ...known, findings, names: knownNames(read.scenario), isTest, ready: errors.length === 0 };
};

type RunAt =
  | { readonly ok: true; readonly raw: RawScenario; readonly run: ReturnType<typeof sweepRunAt> }
  | { readonly ok: false; readonly why: string };

/** The run at a place of a sweep. */
const runAt = (text: string, { form, index }: RunPlace): RunAt => {
  const parsed = parseScenarioToml(text);
  if (!parsed.ok) return { ok: false, why: parsed.error.reason };
  const read = readForm(form);
  if (!read.ok) return read;
  if (index >= read.size) return { ok: false, why: `The sweep has no run ${index}` };
  return { ok: true, raw: parsed.raw, run: sweepRunAt(parsed.raw, read.plan, index) };
};

const refused = (why: string): SimulationAnswer => ({ kind: "refused", why });

const makeRows = ({
  text,
  form,
  from,
  to,
}: Extract<SimulationRequest, { kind: "rows" }>): SimulationAnswer => {
  const parsed = parseScenarioToml(text);
  if (!parsed.ok) return refused(parsed.error.reason);
  const read = readForm(form);
  if (!read.ok) return refused(read.why);
  const rows = [];
  for (let index = from; index < Math.min(to, read.size); index += 1)
    rows.push(makeRun(sweepRunAt(parsed.raw, read.plan, index), imageFor).row);
  return { kind: "rows", rows };
};

/** Shows, shrinks or replays one run. */
const oneRun = (kind: "run" | "minimise" | "replay", text: string, place: RunPlace): SimulationAnswer => {
  const found = runAt(text, place);
  if (!found.ok) return refused(found.why);
  const { run } = found;
  const { row, result } = makeRun(run, imageFor);
  if (result === undefined || !run.scenario.ok) return refused(row.failures.join("; "));
  const { scenario } = run.scenario;
  const image = imageFor(scenario);
  if (!image.ok) return refused("The protocol does not compile");
  if (kind === "run") return { kind: "run", run: runView(row, scenario, result) };
  if (kind === "replay") {
    const replay = sessionReplay(image.image, scenario);
    const { families, names } = scenario;
    return replay === undefined
      ? refused("The scenario does not fit the protocol")
      : { kind: "replay", view: { replay, families, names } };
  }
  const small = minimise(image.image, run.raw, (runs) => {
    if (runs % 10 === 0) answer({ kind: "progress", runs });
  });
  if (small.ok)
    return { kind: "minimised", minimised: minimisedView(runView(row, scenario, result), small.minimised) };
  return refused(
    small.reason === "does-not-fail" ? "This run does not fail" : "This run cannot be made smaller",
  );
};

const runTest = (name: string, text: string): SimulationAnswer => {
  const fail = (errors: readonly { readonly path: string; readonly reason: string }[], expects = "") => {
    const failures = errors.map(({ path, reason }) => `${path}: ${reason}`);
    return { kind: "test", outcome: { name, passed: false, expects, failures } } as const;
  };
  const parsed = parseScenarioToml(text);
  if (!parsed.ok) return fail([parsed.error]);
  const read = readScenario(parsed.raw);
  if (!read.ok) return fail(read.errors);
  const expects = expectationText(read.scenario);
  const image = imageFor(read.scenario);
  const found = image.ok ? simulate(image.image, read.scenario) : image;
  if (!found.ok) return fail(found.errors, expects);
  const { passed, failures } = found.result.verdict;
  return { kind: "test", outcome: { name, passed, expects, failures } };
};

const handle = (request: SimulationRequest): void => {
  switch (request.kind) {
    case "protocol":
      analysis = analysisOf(request.protocol);
      imageFor = imagesOf(analysis ?? {});
      break;
    case "read":
      answer({ kind: "read", summary: summaryOf(request.text) });
      break;
    case "rows":
      answer(makeRows(request));
      break;
    case "run":
    case "minimise":
    case "replay":
      answer(oneRun(request.kind, request.text, request.place));
      break;
    case "tests":
      for (const { name, text } of request.tests) answer(runTest(name, text));
  }
};

addEventListener("message", ({ data }: MessageEvent<SimulationRequest>) => {
  handle(data);
  if (data.kind !== "protocol") answer({ kind: "done" });
});
