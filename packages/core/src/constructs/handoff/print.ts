import type { Writer } from "../../print/writer.ts";
import { printRoleRef } from "../roles/print.ts";
import type { Handoff } from "./node.ts";

export function printHandoff(node: Handoff, w: Writer): void {
  w.line(`handoff ${node.operation.text} to ${printRoleRef(node.target)} with ${node.receipt.text}`);
}
