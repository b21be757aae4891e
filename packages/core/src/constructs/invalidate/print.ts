import type { Writer } from "../../print/writer.ts";
import type { Invalidate } from "./node.ts";

export function printInvalidate(node: Invalidate, w: Writer): void {
  w.line(`invalidate ${node.operation.text}`);
}
