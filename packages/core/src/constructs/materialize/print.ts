import type { Writer } from "../../print/writer.ts";
import type { Materialize } from "./node.ts";

export function printMaterialize(node: Materialize, w: Writer): void {
  w.line(`materialize ${node.proof.text} from ${node.publication.text}`);
}
