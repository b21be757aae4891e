import { Fields } from "./fields.ts";
import { type AdversaryOptions, readAdversaries } from "./read-adversaries.ts";
import { readField } from "./read-field.ts";
import { readNetwork } from "./read-network.ts";
import { readHolds, readProperties } from "./read-properties.ts";
import { readReconfigurations } from "./read-reconfigurations.ts";
import { readDecisions, readFaults, readPayloads } from "./read-script.ts";
import {
  assumptionBundles,
  type DeclaredProfile,
  type Expectation,
  envelopeProfiles,
  outcomes,
  policies,
  type Scenario,
  type Scheduler,
  schedulerProfiles,
  schedulers,
} from "./scenario.ts";
import { type ScenarioError, scenarioError } from "./scenario-error.ts";

export type ReadScenario =
  | { readonly ok: true; readonly scenario: Scenario }
  | { readonly ok: false; readonly errors: readonly ScenarioError[] };

/** The keys of a scenario, as docs/scenarios.md lists them. */
export const scenarioKeys = [
  "name",
  "title",
  "roles",
  "families",
  "names",
  "steps",
  "seed",
  "policy",
  "execution",
  "network",
  "field",
  "reconfigurations",
  "adversaries",
  "faults",
  "decide",
  "payload",
  "properties",
  "expect",
  "checkpoint_interval",
  "theorem",
  "durability",
  "extensions",
] as const;

const DEFAULT_STEPS = 10_000;

const readName = (of: Fields): string => {
  const name = of.text("name");
  const bad = (reason: string): void =>
    of.report("bad-name", "name", reason, "Write a name such as lossy-order.");
  if (of.has("name") && name === "") bad("scenario.name must not be empty");
  else if (name.includes("\u0000")) bad("scenario.name must not contain NUL");
  else if (/[/\\]|\.\./.test(name)) bad("scenario.name must be a single safe path component");
  else if (!/^[A-Za-z0-9._-]*$/.test(name))
    bad("scenario.name may only contain ASCII letters, digits, `.`, `_` and `-`");
  return name;
};

/** Left out, the roles are those of the protocol. */
const readRoles = (of: Fields): readonly string[] => {
  const roles = of.texts("roles");
  const bad = (reason: string): void =>
    of.report("bad-roles", "roles", reason, "List the protocol's roles, each once, or leave `roles` out.");
  if (of.has("roles") && roles.length === 0) bad("a scenario needs at least one role");
  if (roles.some((role) => role.trim() === "")) bad("empty role names are not allowed");
  const twice = roles.find((role, i) => roles.indexOf(role) < i);
  if (twice !== undefined) bad(`duplicate role in scenario.roles: ${twice}`);
  return roles;
};

const readExecution = (of: Fields): Scheduler => {
  const table = of.table("execution", [
    "backend",
    "scheduler_policy",
    "scheduler_concurrency",
    "worker_threads",
  ]);
  const backend = table.word("backend", ["auto", "canonical", "threaded"], "auto");
  for (const key of ["scheduler_concurrency", "worker_threads"]) {
    const width = table.optionalCount(key, 1);
    if (backend !== "threaded" && width !== undefined && width !== 1)
      table.report(
        "conflict",
        key,
        "canonical simulator backend requires scheduler_concurrency = 1 and worker_threads = 1",
        "Remove it.",
      );
  }
  if (backend === "threaded" && of.has("checkpoint_interval"))
    table.report(
      "conflict",
      "backend",
      "checkpoints currently require the canonical simulator backend",
      "Remove checkpoint_interval or the backend.",
    );
  else if (backend === "threaded")
    table.report(
      "not-supported",
      "backend",
      "there is no threaded simulator backend",
      "Remove it; `--jobs` runs seeds side by side.",
    );
  return table.word("scheduler_policy", schedulers, "auto");
};

const readDurability = (of: Fields, interval: number | undefined): void => {
  const table = of.table("durability", ["mode"]);
  if (table.word("mode", ["disabled", "wal"], "disabled") === "disabled") return;
  if (interval === undefined)
    table.report(
      "conflict",
      "mode",
      "durability wal requires checkpoint_interval",
      "Write a checkpoint_interval.",
    );
  else
    table.report(
      "not-supported",
      "mode",
      "simulations keep no write-ahead log",
      "Remove it; checkpoints resume exactly.",
    );
};

const readProfile = (of: Fields): DeclaredProfile => {
  const table = of.table("theorem", ["scheduler_profile", "envelope_profile", "assumption_bundle"]);
  return {
    scheduler: table.word("scheduler_profile", schedulerProfiles, "auto"),
    envelope: table.word("envelope_profile", envelopeProfiles, "auto"),
    bundle: table.word("assumption_bundle", assumptionBundles, "auto"),
  };
};

const readExpect = (of: Fields): Expectation | undefined => {
  if (!of.has("expect")) return undefined;
  const table = of.table("expect", ["outcome", "violations", "holds"]);
  return {
    outcome: table.has("outcome") ? table.word("outcome", outcomes, "completed") : undefined,
    violations: table.texts("violations"),
    holds: readHolds(table),
  };
};

const readSeed = (of: Fields): bigint => {
  const value = of.raw("seed") ?? 0n;
  const seed =
    typeof value === "bigint" ? value : Number.isSafeInteger(value) ? BigInt(value as number) : undefined;
  if (seed !== undefined && seed >= 0n && seed < 1n << 64n) return seed;
  of.report("out-of-range", "seed", "seed must be a whole number below 2^64", "Write a whole number.");
  return 0n;
};

const noExtensions = {};

/**
 * Reads a scenario from a parsed TOML or JSON value (spec/simulation.md §3,
 * §4). Everything wrong is reported, in the order of the rules: name, roles,
 * limits, network, reconfigurations, adversaries, script, properties. Unknown
 * keys are errors. Integers may be numbers or bigints.
 *
 * @example readScenario({ name: "calm", steps: 50 })
 */
export const readScenario = (
  value: unknown,
  options: AdversaryOptions = { zeroBudgets: false },
): ReadScenario => {
  const errors: ScenarioError[] = [];
  const of = Fields.of(value, "", scenarioKeys, errors);
  const name = readName(of);
  const roles = readRoles(of);
  const steps = of.count("steps", DEFAULT_STEPS);
  const seed = readSeed(of);
  const scheduler = readExecution(of);
  const checkpointInterval = of.optionalCount("checkpoint_interval", 1);
  readDurability(of, checkpointInterval);
  const network = readNetwork(of, roles);
  const field = readField(of, roles);
  const reconfigurations = readReconfigurations(of, roles);
  const adversaries = readAdversaries(of, roles, options);
  const scenario: Scenario = {
    name,
    title: of.optionalText("title"),
    roles,
    families: of.numbers("families"),
    names: of.numbers("names"),
    steps,
    seed,
    scheduler,
    policy: of.word("policy", policies, "first"),
    network,
    field,
    reconfigurations,
    adversaries,
    faults: readFaults(of, roles),
    decide: readDecisions(of, roles),
    payload: readPayloads(of, roles),
    properties: readProperties(of),
    checkpointInterval,
    profile: readProfile(of),
    expect: readExpect(of),
    extensions: (of.raw("extensions") as Scenario["extensions"] | undefined) ?? noExtensions,
  };
  return errors.length === 0 ? { ok: true, scenario } : { ok: false, errors };
};

/** The error of a text that is no TOML; the edge that parses it words the reason. */
export const tomlError = (reason: string): ScenarioError =>
  scenarioError("bad-toml", "", `parse TOML: ${reason}`, "Mend the text at the place named.");
