import type { Writer } from "../../print/writer.ts";
import { printRecord } from "../annotation/print.ts";
import { printMessage } from "../message/print.ts";
import { printRoleRef } from "../roles/print.ts";
import type { Broadcast } from "./node.ts";

export function printBroadcast(node: Broadcast, w: Writer): void {
  w.lineOrTwo(printRoleRef(node.from) + printRecord(node.record), `->* : ${printMessage(node.message)}`);
}
