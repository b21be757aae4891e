import type { Writer } from "../../print/writer.ts";
import { printExpression } from "../expression/print.ts";
import { printRoleRef } from "../roles/print.ts";
import type { Let } from "./node.ts";

/** The line of a `let`, without its `in` block. */
export function printLetHead(node: Let): string {
  const mode = node.mode === "plain" ? "" : `${node.mode} `;
  const at = node.at === undefined ? "" : ` at ${printRoleRef(node.at)}`;
  const head = `${mode}let ${node.name.text}${at} = ${printExpression(node.value)}`;
  return node.body === undefined ? head : `${head} in`;
}

export function printLet(node: Let, w: Writer): void {
  w.line(printLetHead(node));
  if (node.body !== undefined) w.block(node.body);
}
