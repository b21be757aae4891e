import type { Writer } from "../../print/writer.ts";
import { printPayload } from "../expression/print.ts";
import type { Resolve } from "./node.ts";

export function printResolve(node: Resolve, w: Writer): void {
  w.line(`resolve ${node.operation.text} as ${node.outcome.kind}${printPayload(node.outcome.value)}`);
}
