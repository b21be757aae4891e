import type { Writer } from "../../print/writer.ts";
import type { Continue, Rec } from "./node.ts";

export function printRec(node: Rec, w: Writer): void {
  w.line(`rec ${node.label.text}`);
  w.block(node.body);
}

export function printContinue(node: Continue, w: Writer): void {
  w.line(`continue ${node.label.text}`);
}
