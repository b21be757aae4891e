import type { Checker } from "../../resolve/checker.ts";
import { checkExpression } from "../expression/check.ts";
import type { Case } from "./node.ts";

export function checkCase(node: Case, c: Checker): void {
  checkExpression(node.subject, c);
  for (const arm of node.arms) c.statements(arm.body);
}
