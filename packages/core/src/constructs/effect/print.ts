import type { Writer } from "../../print/writer.ts";
import type { EffectDecl, EffectOperation } from "./node.ts";

const headOf = ({ authority, name, input, output }: EffectOperation): string =>
  `${authority} ${name.text} : ${input.text} -> ${output.text}`;

/** An interface with one operation a line, its metadata beside or under it. */
export function printEffect(node: EffectDecl, w: Writer): void {
  w.line(`effect ${node.name.text}`);
  w.indented(() => {
    for (const operation of node.operations) {
      const { metadata } = operation;
      if (metadata.length === 0) w.line(headOf(operation));
      else {
        const entries = metadata.map(({ key, value }) => `${key} : ${value.text}`).join(", ");
        w.lineOrTwo(headOf(operation), `{ ${entries} }`);
      }
    }
  });
}
