import type { Writer } from "../../print/writer.ts";
import { printExpression } from "../expression/print.ts";
import type { Case, CaseArm } from "./node.ts";

/** `Ok(x)`: a pattern as written after the bar. */
export const printPattern = (arm: CaseArm): string =>
  arm.binders.length === 0
    ? arm.constructor.text
    : `${arm.constructor.text}(${arm.binders.map((b) => b.text).join(", ")})`;

export function printCase(node: Case, w: Writer): void {
  w.line(`case ${printExpression(node.subject)} of`);
  w.indented(() => {
    for (const arm of node.arms) w.arm(`| ${printPattern(arm)} =>`, arm.body);
  });
}
