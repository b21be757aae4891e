import type { Checker } from "../../resolve/checker.ts";
import { checkExpression } from "../expression/check.ts";
import { checkRoleRef } from "../roles/check.ts";
import type { Let } from "./node.ts";

/** Who binds is one role; what it asks and whether a receipt is used up is checked for the whole protocol. */
export function checkLet(node: Let, c: Checker): void {
  if (node.at !== undefined) checkRoleRef(node.at, c);
  checkExpression(node.value, c);
  if (node.body !== undefined) c.statements(node.body);
}
