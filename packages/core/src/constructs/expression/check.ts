import type { Checker } from "../../resolve/checker.ts";
import { checkRoleRef } from "../roles/check.ts";
import type { Expression } from "./node.ts";

/** The roles of a `transfer` are declared; effects are checked for the whole file. */
export function checkExpression(e: Expression, c: Checker): void {
  if (e.kind !== "transfer") return;
  checkRoleRef(e.from, c);
  checkRoleRef(e.to, c);
}
