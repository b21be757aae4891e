import type { Writer } from "../../print/writer.ts";
import type { TopologyDecl } from "./node.ts";

/** A topology on one line. */
export function printTopology(node: TopologyDecl, w: Writer): void {
  w.line(`${node.shape} ${node.name.text} = ${node.members.map((member) => member.text).join(", ")}`);
}
