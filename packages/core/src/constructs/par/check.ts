import type { Checker } from "../../resolve/checker.ts";
import type { Par } from "./node.ts";

export function checkPar(node: Par, c: Checker): void {
  if (node.arms.length === 1) {
    c.report("oneArmPar", { start: node.span.start, end: node.span.start + "par".length });
  }
  for (const arm of node.arms) c.statements(arm.body);
}
