import type { Writer } from "../../print/writer.ts";
import type { Fragment } from "./node.ts";

/** A fragment on one line. */
export function printFragment({ name, params }: Fragment, w: Writer): void {
  const list = params.length === 0 ? "" : `(${params.map((param) => param.text).join(", ")})`;
  w.line(`fragment ${name.text}${list}`);
}
