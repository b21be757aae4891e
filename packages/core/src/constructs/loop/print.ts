import type { Writer } from "../../print/writer.ts";
import { printRoleRef } from "../roles/print.ts";
import type { Loop, LoopControl } from "./node.ts";

function printControl(control: LoopControl): string {
  switch (control.kind) {
    case "decide":
      return `decide by ${printRoleRef(control.by)}`;
    case "repeat":
      return `repeat ${typeof control.count === "number" ? control.count : control.count.text}`;
    case "while":
      return `while "${control.text}"`;
    case "forever":
      return "forever";
  }
}

export function printLoop(node: Loop, w: Writer): void {
  w.line(`loop ${printControl(node.control)}`);
  w.block(node.body);
}
