import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Kernel, Par } from "../kernel/node.ts";
import { postOrder } from "../kernel/walk.ts";
import type { Span } from "../text/span.ts";
import { projectionDiagnostic } from "./report.ts";

/** Two arms of one `par` in which the same role sends to the same other. */
export interface ParRace {
  readonly from: string;
  readonly to: string;
  readonly diagnostic: Diagnostic;
}

/** Every directed pair of an arm with the place of its first message. */
const pairsOf = (arm: Kernel): ReadonlyMap<string, Span> => {
  const pairs = new Map<string, Span>();
  for (const node of postOrder(arm)) {
    if (node.kind !== "comm") continue;
    for (const b of node.branches) pairs.set(JSON.stringify([node.from.name, b.to.name]), b.span);
  }
  return pairs;
};

const racesOf = (par: Par): readonly ParRace[] => {
  const first = new Map<string, { readonly arm: number; readonly span: Span }>();
  const races: ParRace[] = [];
  for (const [arm, kernel] of par.arms.entries()) {
    for (const [pair, span] of pairsOf(kernel)) {
      const before = first.get(pair);
      if (before === undefined) {
        first.set(pair, { arm, span });
        continue;
      }
      const [from = "", to = ""] = JSON.parse(pair) as readonly string[];
      const args = { from, to, left: String(before.arm + 1), right: String(arm + 1) };
      const related = [
        { span: before.span, message: `arm ${args.left}: ${from} sends to ${to}` },
        { span, message: `arm ${args.right}: ${from} sends to ${to}` },
      ];
      races.push({ from, to, diagnostic: projectionDiagnostic("parRace", par.span, { args, related }) });
    }
  }
  return races;
};

/** Pairs of roles that talk the same way in two arms of a `par`, at any depth: a receiver could not tell the arms apart (model §3). */
export const parRaces = (order: readonly Kernel[]): readonly ParRace[] =>
  order.flatMap((node) => (node.kind === "par" ? racesOf(node) : []));
