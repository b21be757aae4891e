import type { EdgeAnnotation } from "@parley/core";
import type { GuardVerdict } from "@parley/wire";
import { edgeFacts } from "../journal/edge-facts.ts";
import type { GuardChain } from "./guard-chain.ts";

const values = (annotations: readonly EdgeAnnotation[], key: string): readonly string[] =>
  annotations.filter((one) => one.key === key).map((one) => one.value);

/** What an edge costs in flow units: the sum of its `flow_cost` annotations. */
export const flowCost = (annotations: readonly EdgeAnnotation[]): number =>
  values(annotations, "flow_cost").reduce((sum, text) => {
    const cost = Number(text);
    return Number.isSafeInteger(cost) && cost > 0 ? sum + cost : sum;
  }, 0);

const verdict = (guard: GuardVerdict["guard"], subject: string): GuardVerdict => ({
  guard,
  allow: true,
  subject,
  read: {},
});

/**
 * The guard chain that allows everything and says what it would have judged:
 * one verdict per kind of annotation the edge carries, with its subject (the
 * capability, the summed cost, the facts, the leak). An edge without
 * annotations has none.
 */
export const passThroughGuards: GuardChain = {
  evaluate({ annotations }) {
    const capabilities = values(annotations, "guard_capability").map((name) => verdict("capability", name));
    const cost = flowCost(annotations);
    const facts = edgeFacts(annotations);
    const leaks = values(annotations, "leak");
    return [
      ...capabilities,
      ...(cost > 0 ? [verdict("flow", String(cost))] : []),
      ...(facts.length > 0 ? [verdict("journal", facts.join(","))] : []),
      ...leaks.map((leak) => verdict("leakage", leak)),
    ];
  },
};
