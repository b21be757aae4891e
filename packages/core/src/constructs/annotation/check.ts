import type { Checker } from "../../resolve/checker.ts";
import { suggest } from "../../resolve/suggest.ts";
import { checkCapability } from "../../rules/capability-name.ts";
import { readLink } from "../../rules/link.ts";
import { removeEntry } from "../../rules/record-edit.ts";
import type { Annotation, SenderRecord } from "./node.ts";

/** Keys that are read and then say nothing to admission (language chapter §21). */
export const ignoredKeys: readonly string[] = [
  "timed_choice",
  "timeout_ms",
  "priority",
  "retry",
  "idempotent",
  "trace",
  "runtime_timeout",
  "heartbeat",
  "ordered",
  "min_responses",
  "required_capability",
];

/** Keys with no rule of their own. */
const plainKeys = ["journal_facts", "audit_log", "parallel", ...ignoredKeys];

type Rule = (entry: Annotation, record: SenderRecord, c: Checker) => void;

const rules: Readonly<Record<string, Rule>> = {
  guard_capability: (entry, record, c) => checkCapability(entry, record, c.namespace, c),
  flow_cost: checkFlowCost,
  leak: checkLeak,
  journal_merge: checkJournalMerge,
  leakage_budget: checkLeakageBudget,
  link: checkLink,
};

const knownKeys = [...plainKeys, ...Object.keys(rules)];
const known = new Set(plainKeys);

/**
 * Checks a sender record as admission will read it (language chapter §21).
 * These rules fail closed: admission refuses what is an error here.
 */
export function checkRecord(record: SenderRecord | undefined, c: Checker): void {
  if (record === undefined) return;
  let flowCost: Annotation | undefined;
  for (const entry of record.entries) {
    const key = entry.key.text;
    const rule = Object.hasOwn(rules, key) ? rules[key] : undefined;
    if (rule !== undefined) rule(entry, record, c);
    else if (!known.has(key)) reportUnknown(entry, record, c);
    if (key !== "flow_cost") continue;
    if (flowCost !== undefined) {
      c.report("flowCostTwice", entry.span, {
        related: [{ span: flowCost.span, message: "given here first" }],
        fix: removeEntry(record, entry),
      });
    }
    flowCost = entry;
  }
}

function reportUnknown(entry: Annotation, record: SenderRecord, c: Checker): void {
  const key = entry.key.text;
  const near = suggest(key, knownKeys);
  // Spelling it right must not give the cost a second time, or a value of the wrong kind.
  const best =
    near !== undefined && record.entries.some((other) => other.key.text === near) ? undefined : near;
  c.report("unknownAnnotation", entry.key.span, {
    args: { key },
    hint: best === undefined ? undefined : `did you mean \`${best}\`?`,
    fix:
      best === undefined
        ? undefined
        : { title: `Replace by \`${best}\``, edits: [{ span: entry.key.span, text: best }] },
  });
}

function checkFlowCost(entry: Annotation, _record: SenderRecord, c: Checker): void {
  if (!/^\d+$/.test(entry.value) || BigInt(entry.value) > 0xffff_ffff_ffff_ffffn) {
    c.report("flowCost", entry.valueSpan, { args: { value: entry.value } });
  }
}

const observerClasses = new Set(["external", "neighbor", "ingroup"]);

function checkLeak(entry: Annotation, record: SenderRecord, c: Checker): void {
  const text = entry.value.trim();
  const list = text.startsWith("(") && text.endsWith(")") ? text.slice(1, -1).split(",") : [text];
  const observers = list.map((part) => part.trim()).filter((part) => part !== "");
  if (observers.length === 0) c.report("leakObservers", entry.valueSpan, { fix: removeEntry(record, entry) });
  const read = observers.map((one) => (observerClasses.has(one.toLowerCase()) ? one : "External"));
  const said = [...new Set(read)];
  const replacement = said.length === 1 ? (said[0] ?? "") : `(${said.join(", ")})`;
  for (const observer of observers) {
    if (observerClasses.has(observer.toLowerCase())) continue;
    c.report("leakUnknown", entry.valueSpan, {
      args: { value: observer },
      fix: {
        title: `Say \`${replacement}\`, which it counts as`,
        edits: [{ span: entry.valueSpan, text: replacement }],
      },
    });
  }
}

function checkJournalMerge(entry: Annotation, record: SenderRecord, c: Checker): void {
  if (entry.value === "true" || entry.value === "false") return;
  c.report("journalMerge", entry.valueSpan, {
    args: { value: entry.value },
    fix: removeEntry(record, entry),
  });
}

function checkLeakageBudget(entry: Annotation, record: SenderRecord, c: Checker): void {
  const inner = entry.value.trim().replace(/^\[|\]$/g, "");
  if (inner.split(",").every((part) => /^\s*\d+\s*$/.test(part))) return;
  c.report("leakageBudget", entry.valueSpan, { fix: removeEntry(record, entry) });
}

function checkLink(entry: Annotation, record: SenderRecord, c: Checker): void {
  const read = readLink(entry);
  if (read.ok) return;
  c.report("link", entry.valueSpan, { args: { reason: read.reason }, fix: removeEntry(record, entry) });
}
