import type { Writer } from "../../print/writer.ts";
import { printArguments } from "../expression/print.ts";
import { printProgress } from "../operation/progress.ts";
import type { Begin } from "./node.ts";

export function printBegin(node: Begin, w: Writer): void {
  const args = node.args.length === 0 ? "" : printArguments(node.args);
  const progress = node.progress === undefined ? "" : ` ${printProgress(node.progress)}`;
  w.line(`begin ${node.operation.text}${args}${progress}`);
}
