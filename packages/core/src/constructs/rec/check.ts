import type { Checker } from "../../resolve/checker.ts";
import type { Rec } from "./node.ts";

/** Binding and guardedness of labels span calls, so `resolve/flow.ts` checks them. */
export function checkRec(node: Rec, c: Checker): void {
  c.statements(node.body);
}
