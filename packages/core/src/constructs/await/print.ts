import type { Writer } from "../../print/writer.ts";
import type { Await } from "./node.ts";

export function printAwait(node: Await, w: Writer): void {
  w.line(`await ${node.operation.text}`);
}
