import type { Checker } from "../../resolve/checker.ts";
import { checkDecider } from "../roles/check.ts";
import type { Loop } from "./node.ts";

/** Most rounds of a counted loop: each is laid out in the kernel. */
export const repeatLimit = 10_000;

export function checkLoop(node: Loop, c: Checker): void {
  const { control } = node;
  if (control.kind === "decide") checkDecider(control.by, c);
  if (control.kind === "repeat" && typeof control.count === "number" && control.count > repeatLimit) {
    c.report("repeatOverflow", node.span, {
      args: { count: String(control.count), limit: String(repeatLimit) },
    });
  }
  c.statements(node.body);
}
