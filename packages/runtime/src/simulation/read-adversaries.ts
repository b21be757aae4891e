import type { Fields } from "./fields.ts";
import { readCorruption } from "./read-network.ts";
import { knownRole, readTrigger } from "./read-trigger.ts";
import {
  type Adversary,
  type AdversaryAction,
  assumptionFailures,
  type BudgetMode,
  type MessageFilter,
} from "./scenario.ts";

const types = [
  "withholding",
  "timing_disturbance",
  "corruption",
  "crash",
  "byzantine_interference",
  "substitution",
] as const;
type ActionType = (typeof types)[number];

const filterKeys = ["from", "to", "message"];
const keysOf: { readonly [type in ActionType]: readonly string[] } = {
  withholding: filterKeys,
  timing_disturbance: ["ticks", ...filterKeys],
  corruption: ["how", ...filterKeys],
  crash: ["role", "duration"],
  byzantine_interference: ["withholding_probability", "corruption_probability", "delay_ticks", ...filterKeys],
  substitution: ["label", "payload", ...filterKeys],
};

const readAction = (action: Fields, type: ActionType, roles: readonly string[]): AdversaryAction => {
  switch (type) {
    case "withholding":
      return { kind: "withholding" };
    case "timing_disturbance":
      if (!action.has("ticks"))
        action.report("missing-key", "ticks", `${action.at("ticks")} is missing`, "Write how many ticks.");
      return { kind: "timing", ticks: action.ticks("ticks") ?? 0 };
    case "corruption":
      return { kind: "corruption", how: readCorruption(action, "how") };
    case "crash": {
      const role = action.text("role");
      if (role !== "" && roles.length > 0 && !roles.includes(role))
        action.report(
          "unknown-role",
          "role",
          `crash references unknown role ${role}`,
          `Name one of ${roles.join(", ")}.`,
        );
      return { kind: "crash", role, duration: action.ticks("duration") };
    }
    case "byzantine_interference":
      return readByzantine(action);
    case "substitution":
      return readSubstitution(action);
  }
};

const readByzantine = (action: Fields): AdversaryAction => {
  const withholding = action.probability("withholding_probability") ?? 0n;
  const corruption = action.probability("corruption_probability") ?? 0n;
  const delay = action.ticks("delay_ticks");
  if (withholding === 0n && corruption === 0n && delay === undefined)
    action.report(
      "missing-key",
      "",
      "byzantine_interference needs at least one effect",
      "Give withholding_probability, corruption_probability or delay_ticks.",
    );
  return { kind: "byzantine", withholding, corruption, delay };
};

const readSubstitution = (action: Fields): AdversaryAction => {
  const label = action.optionalText("label");
  const payload = action.scriptValue("payload");
  if (label === undefined && payload === undefined)
    action.report(
      "missing-key",
      "",
      "substitution needs at least one of label and payload",
      "Write what is put in the message's place.",
    );
  return { kind: "substitution", label, payload };
};

const readFilter = (action: Fields, roles: readonly string[]): MessageFilter => {
  const found: { from?: string; to?: string; message?: string } = {};
  for (const key of ["from", "to", "message"] as const) {
    const value = action.optionalText(key);
    if (value === undefined) continue;
    if (key !== "message") knownRole(action, key, value, roles);
    found[key] = value;
  }
  return found;
};

const budgetKeys = [
  "total",
  "assumption_failure",
  "mode",
  "probability",
  "window_ticks",
  "max_per_window",
  "burst_ticks",
];

const readMode = (budget: Fields): BudgetMode => {
  const mode = budget.word("mode", ["activation", "independent", "windowed", "correlated"], "activation");
  const probability = budget.probability("probability") ?? 0n;
  switch (mode) {
    case "activation":
      return { kind: "activation" };
    case "independent":
      return { kind: "independent", probability };
    case "windowed":
      return {
        kind: "windowed",
        window: budget.count("window_ticks", undefined, 1),
        quota: budget.count("max_per_window", undefined, 1),
      };
    case "correlated":
      return { kind: "correlated", probability, burst: budget.count("burst_ticks", undefined, 1) };
  }
};

const checkCrash = (budget: Fields, mode: BudgetMode, total: number): void => {
  if (mode.kind !== "activation")
    budget.report("conflict", "mode", "a crash must use budget.mode activation", "Write activation.");
  if (total !== 1) budget.report("conflict", "total", "a crash must declare total = 1", "Write total = 1.");
};

/** How adversaries are read: a sweep may set a budget to 0, which activates and never acts. */
export interface AdversaryOptions {
  readonly zeroBudgets: boolean;
}

const readOne = (
  of: Fields,
  index: number,
  roles: readonly string[],
  options: AdversaryOptions,
): Adversary => {
  const id = of.optionalText("id");
  if (id?.trim() === "")
    of.report("bad-name", "id", "adversary id must not be empty", "Name it, or remove id.");
  const trigger = readTrigger(of, roles);
  const any = of.table("action", ["type", ...new Set(types.flatMap((type) => keysOf[type]))]);
  if (!any.has("type"))
    any.report("missing-key", "type", `${any.at("type")} is missing`, `Write one of ${types.join(", ")}.`);
  const type = any.word("type", types, "withholding");
  const action = of.table("action", any.has("type") ? ["type", ...keysOf[type]] : Object.keys(keysOf));
  const act = readAction(action, type, roles);
  const filter = type === "crash" ? {} : readFilter(action, roles);
  const budget = of.table("budget", budgetKeys);
  const total = budget.count("total", of.has("budget") ? undefined : 1, options.zeroBudgets ? 0 : 1);
  const mode = readMode(budget);
  if (act.kind === "crash") checkCrash(budget, mode, total);
  const authenticity = ["corruption", "byzantine", "substitution"].includes(act.kind);
  const usual = authenticity ? "authentication_evidence_failure" : "fairness_failure";
  return {
    id: id ?? `adversary:${index}`,
    trigger,
    action: act,
    filter,
    total,
    mode,
    failure: budget.word("assumption_failure", assumptionFailures, usual),
  };
};

/** Reads `[[adversaries]]` (spec/simulation.md §3.7). */
export const readAdversaries = (
  of: Fields,
  roles: readonly string[],
  options: AdversaryOptions,
): readonly Adversary[] => {
  const explicit = new Set<string>();
  return of.tables("adversaries", ["id", "trigger", "action", "budget"]).map((table, i) => {
    const found = readOne(table, i, roles, options);
    if (table.has("id")) {
      if (explicit.has(found.id))
        table.report(
          "bad-name",
          "id",
          `duplicate adversary id ${found.id}`,
          "Give each adversary its own id.",
        );
      explicit.add(found.id);
    }
    return found;
  });
};
