import type { Checker } from "../../resolve/checker.ts";
import { suggest } from "../../resolve/suggest.ts";
import type { Annotation, SenderRecord } from "./node.ts";

/** Keys with no rule of their own. */
const plainKeys = [
  "journal_facts",
  "audit_log",
  "timed_choice",
  "timeout_ms",
  "priority",
  "retry",
  "idempotent",
  "trace",
  "runtime_timeout",
  "heartbeat",
  "parallel",
  "ordered",
  "min_responses",
  "required_capability",
];

const rules: Readonly<Record<string, (entry: Annotation, c: Checker) => void>> = {
  guard_capability: checkCapability,
  flow_cost: checkFlowCost,
  leak: checkLeak,
  journal_merge: checkJournalMerge,
  leakage_budget: checkLeakageBudget,
  link: checkLink,
};

const knownKeys = [...plainKeys, ...Object.keys(rules)];
const known = new Set(plainKeys);

/** Checks the values of a sender record as admission will read them; findings are warnings, for the text itself is sound. */
export function checkRecord(record: SenderRecord | undefined, c: Checker): void {
  if (record === undefined) return;
  let flowCost: Annotation | undefined;
  for (const entry of record.entries) {
    const key = entry.key.text;
    const rule = Object.hasOwn(rules, key) ? rules[key] : undefined;
    if (rule !== undefined) rule(entry, c);
    else if (!known.has(key)) {
      const best = suggest(key, knownKeys);
      c.report("unknownAnnotation", entry.key.span, {
        args: { key },
        hint: best === undefined ? undefined : `did you mean \`${best}\`?`,
        fix:
          best === undefined
            ? undefined
            : { title: `Replace by \`${best}\``, edits: [{ span: entry.key.span, text: best }] },
      });
    }
    if (key !== "flow_cost") continue;
    if (flowCost !== undefined) {
      c.report("flowCostTwice", entry.span, {
        related: [{ span: flowCost.span, message: "given here first" }],
      });
    }
    flowCost = entry;
  }
}

function checkCapability(entry: Annotation, c: Checker): void {
  const { value } = entry;
  const args = { value };
  if (value === "") c.report("capabilityEmpty", entry.valueSpan);
  else if (!/^[a-z0-9_:-]+$/.test(value)) c.report("capabilityToken", entry.valueSpan, { args });
  else if (!value.includes(":")) c.report("capabilityNamespace", entry.valueSpan, { args });
  else if (value.startsWith("cap:")) c.report("capabilityLegacy", entry.valueSpan, { args });
}

function checkFlowCost(entry: Annotation, c: Checker): void {
  if (!/^\d+$/.test(entry.value) || BigInt(entry.value) > 0xffff_ffff_ffff_ffffn) {
    c.report("flowCost", entry.valueSpan, { args: { value: entry.value } });
  }
}

const observerClasses = new Set(["external", "neighbor", "ingroup"]);

function checkLeak(entry: Annotation, c: Checker): void {
  const text = entry.value.trim();
  const list = text.startsWith("(") && text.endsWith(")") ? text.slice(1, -1).split(",") : [text];
  const observers = list.map((part) => part.trim()).filter((part) => part !== "");
  if (observers.length === 0) c.report("leakObservers", entry.valueSpan);
  for (const observer of observers) {
    if (observerClasses.has(observer.toLowerCase())) continue;
    c.report("leakUnknown", entry.valueSpan, { args: { value: observer } });
  }
}

function checkJournalMerge(entry: Annotation, c: Checker): void {
  if (entry.value !== "true" && entry.value !== "false") {
    c.report("journalMerge", entry.valueSpan, { args: { value: entry.value } });
  }
}

function checkLeakageBudget(entry: Annotation, c: Checker): void {
  const inner = entry.value.trim().replace(/^\[|\]$/g, "");
  if (!inner.split(",").every((part) => /^\s*\d+\s*$/.test(part))) c.report("leakageBudget", entry.valueSpan);
}

function checkLink(entry: Annotation, c: Checker): void {
  const reason = linkProblem(entry.value);
  if (reason !== undefined) c.report("link", entry.valueSpan, { args: { reason } });
}

function linkProblem(value: string): string | undefined {
  let bundle = false;
  for (const segment of value.split(/[|;]/)) {
    const equals = segment.indexOf("=");
    if (equals < 0) return `has a part without \`=\`: \`${segment.trim()}\``;
    const key = segment.slice(0, equals).trim();
    if (key !== "bundle" && key !== "exports" && key !== "imports")
      return `has an unsupported key \`${key}\``;
    if (key !== "bundle") continue;
    if (segment.slice(equals + 1).trim() === "") return "has an empty bundle id";
    bundle = true;
  }
  return bundle ? undefined : "requires bundle=<id>";
}
