import type { Writer } from "../../print/writer.ts";
import type { Par } from "./node.ts";

export function printPar(node: Par, w: Writer): void {
  w.line("par");
  w.indented(() => {
    for (const arm of node.arms) w.arm("|", arm.body);
  });
}
