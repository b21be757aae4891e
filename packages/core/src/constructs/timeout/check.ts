import type { Checker } from "../../resolve/checker.ts";
import { checkDecider } from "../roles/check.ts";
import type { Timeout } from "./node.ts";

/** One role or member owns the clock, as one decides a choice. */
export function checkTimeout(node: Timeout, c: Checker): void {
  checkDecider(node.owner, c);
  c.statements(node.body);
  c.statements(node.onTimeout);
  if (node.onCancel !== undefined) c.statements(node.onCancel);
}
