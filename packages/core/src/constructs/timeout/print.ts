import type { Writer } from "../../print/writer.ts";
import { printRoleRef } from "../roles/print.ts";
import type { Timeout } from "./node.ts";

export function printTimeout(node: Timeout, w: Writer): void {
  w.line(`timeout ${node.duration.text} ${printRoleRef(node.owner)} at`);
  w.block(node.body);
  w.arm("on timeout =>", node.onTimeout);
  if (node.onCancel !== undefined) w.arm("on cancel =>", node.onCancel);
}
