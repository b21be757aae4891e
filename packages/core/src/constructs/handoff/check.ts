import type { Checker } from "../../resolve/checker.ts";
import { checkRoleRef } from "../roles/check.ts";
import type { Handoff } from "./node.ts";

export function checkHandoff(node: Handoff, c: Checker): void {
  checkRoleRef(node.target, c);
}
