import type { Writer } from "../../print/writer.ts";
import { printPayload } from "../expression/print.ts";
import type { DependentWork } from "./node.ts";

export function printDependentWork(node: DependentWork, w: Writer): void {
  w.line(`dependent work ${node.name.text}${printPayload(node.arg)} required for ${node.requiredFor.text}`);
}
