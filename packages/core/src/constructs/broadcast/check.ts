import type { Checker } from "../../resolve/checker.ts";
import { checkRecord } from "../annotation/check.ts";
import { checkRoleRef } from "../roles/check.ts";
import type { Broadcast } from "./node.ts";

/** The sender is known and someone is left to hear it. */
export function checkBroadcast(node: Broadcast, c: Checker): void {
  const from = checkRoleRef(node.from, c);
  checkRecord(node.record, c);
  c.everyoneMentioned = true;
  if (from !== undefined && c.roles.size === 1) {
    c.report("broadcastToNobody", node.span, { args: { role: from.name.text } });
  }
}
