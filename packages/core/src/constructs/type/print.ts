import type { Writer } from "../../print/writer.ts";
import type { TypeDecl } from "./node.ts";

/** An alias on one line, a sum with one alternative a line. */
export function printTypeDecl(node: TypeDecl, w: Writer): void {
  if (node.alias !== undefined) {
    w.line(`type alias ${node.name.text} = ${node.alias.text}`);
    return;
  }
  w.line(`type ${node.name.text} =`);
  w.indented(() => {
    for (const { name, payload } of node.constructors) {
      w.line(payload === undefined ? `| ${name.text}` : `| ${name.text}(${payload.text})`);
    }
  });
}
