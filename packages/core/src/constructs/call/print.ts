import type { Writer } from "../../print/writer.ts";
import type { Call, LocalProtocol } from "./node.ts";

export function printCall(node: Call, w: Writer): void {
  w.line(`call ${node.target.text}`);
}

export function printLocal(node: LocalProtocol, w: Writer): void {
  w.line(`protocol ${node.name.text} =`);
  w.block(node.body);
}
