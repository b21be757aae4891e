import type { Checker } from "../../resolve/checker.ts";
import { firstStatement } from "../../resolve/first-statement.ts";
import { checkDecider } from "../roles/check.ts";
import { printRoleRef } from "../roles/print.ts";
import type { Statement } from "../statement.ts";
import type { Choice, ChoiceArm } from "./node.ts";

/** Labels once each, and every arm opened by a message of the decider. */
export function checkChoice(node: Choice, c: Checker): void {
  checkDecider(node.decider, c);
  const labels = new Map<string, ChoiceArm>();
  const decider = printRoleRef(node.decider);
  for (const arm of node.arms) {
    const first = labels.get(arm.label.text);
    if (first === undefined) labels.set(arm.label.text, arm);
    else {
      c.report("duplicateLabel", arm.label.span, {
        args: { label: arm.label.text, role: decider },
        related: [{ span: first.label.span, message: "the first arm of this name" }],
      });
    }
    checkArmStart(node, arm, decider, c);
    c.statements(arm.body);
  }
}

function checkArmStart(node: Choice, arm: ChoiceArm, decider: string, c: Checker): void {
  const written = arm.body[0];
  const args = { role: decider, label: arm.label.text };
  const related = [{ span: node.decider.span, message: `${decider} decides here` }];
  // An arm that could not be read has its own finding already.
  if (written === undefined) return;
  const first = firstStatement(written, c.locals);
  if (first === undefined) {
    c.report("emptyArm", written.span, { args, related });
    return;
  }
  if (first.kind === "send" && printRoleRef(first.from) === decider) return;
  const place = first === written ? [] : [{ span: first.span, message: "what the call starts with" }];
  c.report("armSender", written.span, {
    args: { ...args, what: describe(first) },
    related: [...related, ...place],
  });
}

function describe(statement: Statement): string {
  switch (statement.kind) {
    case "send":
      return `a message of ${printRoleRef(statement.from)}`;
    case "broadcast":
    case "choice":
      return `a ${statement.kind}`;
    case "publishAs":
      return "`publish`";
    case "dependentWork":
      return "`dependent work`";
    default:
      return `\`${statement.kind}\``;
  }
}
