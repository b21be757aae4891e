import type { Checker } from "../../resolve/checker.ts";
import { checkRecord } from "../annotation/check.ts";
import { canonicalRef, checkRoleRef, meansMany } from "../roles/check.ts";
import { printRoleRef } from "../roles/print.ts";
import type { Send } from "./node.ts";

/** Both roles known, not the same, and families that can be paired. */
export function checkSend(node: Send, c: Checker): void {
  const from = checkRoleRef(node.from, c);
  const to = checkRoleRef(node.to, c);
  checkRecord(node.record, c);
  if (from === undefined || to === undefined) return;
  if (from === to && canonicalRef(node.from, from) === canonicalRef(node.to, to)) {
    c.report("selfSend", node.span, {
      args: { role: printRoleRef(node.from), message: node.message.name.text },
      hint: "leave it out: what a role does alone is no message",
    });
    return;
  }
  const whole = (ref: Send["from"]): boolean => ref.index === undefined || ref.index.kind === "all";
  if (!whole(node.from) || !whole(node.to) || !meansMany(node.from, from) || !meansMany(node.to, to)) return;
  if (from.param?.kind !== "static" || to.param?.kind !== "static") return;
  if (from.param.count === to.param.count) return;
  c.report("unequalFamilies", node.span, {
    args: {
      from: from.name.text,
      fromCount: String(from.param.count),
      to: to.name.text,
      toCount: String(to.param.count),
    },
    related: [
      { span: from.span, message: "the sending family" },
      { span: to.span, message: "the receiving family" },
    ],
  });
}
