import type { Writer } from "../../print/writer.ts";
import { printRoleRef } from "../roles/print.ts";
import type { Choice, Guard } from "./node.ts";

/** A guard as written after the label, with its leading blank. */
export function printGuard(guard: Guard): string {
  if (guard.kind === "predicate") return ` when (${guard.text})`;
  const invocation = `${guard.effect.text}.${guard.operation.text}(${guard.args.join(", ")})`;
  return ` when check ${invocation} yields ${guard.binding.text}`;
}

export function printChoice(node: Choice, w: Writer): void {
  w.line(`choice ${printRoleRef(node.decider)} at`);
  w.indented(() => {
    for (const arm of node.arms) {
      const guard = arm.guard === undefined ? "" : printGuard(arm.guard);
      w.arm(`| ${arm.label.text}${guard} =>`, arm.body);
    }
  });
}
