import type { Writer } from "../../print/writer.ts";
import { printRecord } from "../annotation/print.ts";
import { printMessage } from "../message/print.ts";
import { printRoleRef } from "../roles/print.ts";
import type { Send } from "./node.ts";

export function printSend(node: Send, w: Writer): void {
  const head = printRoleRef(node.from) + printRecord(node.record);
  w.lineOrTwo(head, `-> ${printRoleRef(node.to)} : ${printMessage(node.message)}`);
}
