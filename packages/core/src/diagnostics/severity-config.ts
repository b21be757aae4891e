import { suggest } from "../resolve/suggest.ts";
import { codeById, suggestCode } from "./code-by-id.ts";
import type { Diagnostic, Severity } from "./diagnostic.ts";

export type ConfiguredSeverity = Severity | "off";

/** What `parley.json` says. */
export interface ParleyConfig {
  /** By code, such as `PAR5006`. */
  readonly severities: Readonly<Record<string, ConfiguredSeverity>>;
  /** Link bundles registered beside those that are live everywhere. */
  readonly bundles: readonly string[];
}

/** Why `parley.json` was refused; all reasons are found at once. */
export type ConfigProblem =
  | { readonly kind: "notJson"; readonly message: string }
  | { readonly kind: "shape"; readonly path: string; readonly expected: string }
  | { readonly kind: "unknownKey"; readonly key: string; readonly suggestion?: string }
  | { readonly kind: "unknownCode"; readonly code: string; readonly suggestion?: string }
  | { readonly kind: "unknownSeverity"; readonly code: string; readonly found: string }
  /** The rule fails closed: a session would be refused, whatever the file says. */
  | {
      readonly kind: "lowered";
      readonly code: string;
      readonly title: string;
      readonly to: ConfiguredSeverity;
    };

export type ConfigRead =
  | { readonly ok: true; readonly config: ParleyConfig }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

export const noConfig: ParleyConfig = { severities: {}, bundles: [] };

const keys = ["$schema", "severities", "bundles"];
const words: readonly string[] = ["error", "warning", "info", "off"];
const isSeverity = (text: unknown): text is ConfiguredSeverity =>
  typeof text === "string" && words.includes(text);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === "object" && !Array.isArray(value);

/**
 * Reads the text of a `parley.json`: `{ "severities": { "PAR5006": "error" },
 * "bundles": ["archive"] }`. What is an error by itself stays one: only
 * warnings and hints can be lowered or switched off.
 */
export function readConfig(text: string): ConfigRead {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    return { ok: false, problems: [{ kind: "notJson", message: (cause as Error).message }] };
  }
  if (!isObject(json)) return { ok: false, problems: [{ kind: "shape", path: "", expected: "an object" }] };
  const problems: ConfigProblem[] = Object.keys(json)
    .filter((key) => !keys.includes(key))
    .map((key) => ({ kind: "unknownKey", key, ...suggested(suggest(key, keys)) }));
  const severities = readSeverities(json.severities, problems);
  const bundles = readBundles(json.bundles, problems);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, config: { severities, bundles } };
}

const suggested = (suggestion: string | undefined): { readonly suggestion?: string } =>
  suggestion === undefined ? {} : { suggestion };

function readSeverities(json: unknown, problems: ConfigProblem[]): Record<string, ConfiguredSeverity> {
  const severities: Record<string, ConfiguredSeverity> = {};
  if (json === undefined) return severities;
  if (!isObject(json)) {
    problems.push({ kind: "shape", path: "severities", expected: "an object of codes" });
    return severities;
  }
  for (const [code, to] of Object.entries(json)) {
    const entry = codeById(code);
    if (entry === undefined) problems.push({ kind: "unknownCode", code, ...suggested(suggestCode(code)) });
    else if (!isSeverity(to)) problems.push({ kind: "unknownSeverity", code, found: JSON.stringify(to) });
    else if (entry.severity === "error" && to !== "error") {
      problems.push({ kind: "lowered", code, title: entry.title, to });
    } else severities[code] = to;
  }
  return severities;
}

function readBundles(json: unknown, problems: ConfigProblem[]): readonly string[] {
  if (json === undefined) return [];
  const list: readonly unknown[] = Array.isArray(json) ? json : [undefined];
  const bundles = list.filter((one): one is string => typeof one === "string" && /^\w[\w.-]*$/.test(one));
  if (bundles.length < list.length) {
    problems.push({ kind: "shape", path: "bundles", expected: "a list of bundle names" });
  }
  return bundles;
}

const hint = (suggestion: string | undefined): string =>
  suggestion === undefined ? "" : `; did you mean ${suggestion}?`;

/** One sentence a problem. */
export function describeProblem(problem: ConfigProblem): string {
  switch (problem.kind) {
    case "notJson":
      return `not JSON: ${problem.message}`;
    case "shape":
      return `${problem.path === "" ? "the file" : problem.path} must be ${problem.expected}`;
    case "unknownKey":
      return `there is no setting ${problem.key}${hint(problem.suggestion)}`;
    case "unknownCode":
      return `there is no finding ${problem.code}${hint(problem.suggestion)}`;
    case "unknownSeverity":
      return `${problem.code} is set to ${problem.found}; say error, warning, info or off`;
    case "lowered":
      return `${problem.code} (${problem.title}) is an error and cannot be lowered to ${problem.to}: what it finds would not run`;
  }
}

/** The findings with the severities of a configuration; those switched off are left out. */
export function applySeverities(
  diagnostics: readonly Diagnostic[],
  { severities }: ParleyConfig,
): readonly Diagnostic[] {
  if (Object.keys(severities).length === 0) return diagnostics;
  return diagnostics.flatMap((found) => {
    const to = Object.hasOwn(severities, found.code) ? severities[found.code] : undefined;
    if (to === "off") return [];
    return to === undefined || to === found.severity ? [found] : [{ ...found, severity: to }];
  });
}
