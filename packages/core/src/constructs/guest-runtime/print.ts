import type { Writer } from "../../print/writer.ts";
import type { GuestRuntime } from "./node.ts";

/** A guest runtime with its clauses on deeper lines. */
export function printGuestRuntime(node: GuestRuntime, w: Writer): void {
  w.line(`guest runtime ${node.name.text} =`);
  w.indented(() => {
    if (node.uses.length > 0) w.line(`uses ${node.uses.map((name) => name.text).join(", ")}`);
    if (node.entry !== undefined) w.line(`entry ${node.entry.text}`);
  });
}
