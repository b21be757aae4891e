import type { EdgeAnnotation } from "@parley/core";
import type { Leakage } from "@parley/wire";
import { edgeFacts } from "../journal/edge-facts.ts";
import { noLeakage, observerClass } from "./observer-class.ts";

/** What an edge with guards but without `flow_cost` costs (spec/aura-protocols.md §2.2). */
export const DEFAULT_EDGE_COST = 100;

/** An annotation that no guard can read. */
export interface MalformedAnnotation {
  readonly key: string;
  readonly value: string;
}

/** What one edge asks of the guards, read off its annotations. */
export interface EdgeRequest {
  /** Every one must be in the frontier; a declared capability is a candidate, never a grant. */
  readonly capabilities: readonly string[];
  /** Flow units. */
  readonly cost: number;
  /** Facts that land once the send went through. */
  readonly facts: readonly string[];
  /** One unit per observer class named. */
  readonly leakage: Leakage;
  readonly malformed: readonly MalformedAnnotation[];
}

const guardKeys = new Set(["guard_capability", "journal_facts", "journal_merge", "audit_log", "leak"]);

const valuesOf = (annotations: readonly EdgeAnnotation[], key: string): readonly string[] =>
  annotations.filter((one) => one.key === key).map(({ value }) => value);

const costOf = (annotations: readonly EdgeAnnotation[]): number | MalformedAnnotation => {
  const said = valuesOf(annotations, "flow_cost");
  if (said.length === 0) return annotations.some(({ key }) => guardKeys.has(key)) ? DEFAULT_EDGE_COST : 0;
  let sum = 0;
  for (const value of said) {
    sum += Number(value);
    if (!/^\d+$/.test(value) || !Number.isSafeInteger(sum)) return { key: "flow_cost", value };
  }
  return sum;
};

const observersOf = (value: string): readonly string[] => {
  const text = value.trim();
  const list = text.startsWith("(") && text.endsWith(")") ? text.slice(1, -1).split(",") : [text];
  return list.map((part) => part.trim()).filter((part) => part !== "");
};

const leakageOf = (values: readonly string[]): Leakage => {
  const classes = new Set(values.flatMap(observersOf).map(observerClass));
  return {
    external: classes.has("external") ? 1 : 0,
    neighbor: classes.has("neighbor") ? 1 : 0,
    inGroup: classes.has("inGroup") ? 1 : 0,
  };
};

/**
 * Reads an edge's annotations for the guards. The cost is the sum of
 * `flow_cost`, 100 for an edge that names a guard but no cost, 0 otherwise.
 *
 * @example edgeRequest([{ key: "guard_capability", value: "amp:send" }]).cost // 100
 */
export const edgeRequest = (annotations: readonly EdgeAnnotation[]): EdgeRequest => {
  if (annotations.length === 0)
    return { capabilities: [], cost: 0, facts: [], leakage: noLeakage, malformed: [] };
  const cost = costOf(annotations);
  const leaks = valuesOf(annotations, "leak");
  const silent = leaks.filter((value) => observersOf(value).length === 0);
  return {
    capabilities: valuesOf(annotations, "guard_capability"),
    cost: typeof cost === "number" ? cost : 0,
    facts: edgeFacts(annotations),
    leakage: leakageOf(leaks),
    malformed: [
      ...(typeof cost === "number" ? [] : [cost]),
      ...silent.map((value) => ({ key: "leak", value })),
    ],
  };
};
