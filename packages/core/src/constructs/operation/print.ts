import type { Writer } from "../../print/writer.ts";
import { printRoleRef } from "../roles/print.ts";
import { printCompose } from "./compose.ts";
import type { OperationDecl } from "./node.ts";
import { printProgress } from "./progress.ts";

/** The fragment an operation works in, as one text: `Hold(ship)`. */
export const printWithin = ({ fragment, args }: NonNullable<OperationDecl["within"]>): string =>
  args.length === 0 ? fragment.text : `${fragment.text}(${args.map((arg) => arg.text).join(", ")})`;

/** An operation: its head on one line, its body under it. */
export function printOperation(node: OperationDecl, w: Writer): void {
  const { params, within, progress, agreement, compose } = node;
  const list = params.map(({ name, type }) => `${name.text} : ${type.text}`).join(", ");
  const parts = [`operation ${node.name.text}${params.length === 0 ? "" : `(${list})`}`];
  parts.push(`at ${printRoleRef(node.owner)}`);
  if (within !== undefined) parts.push(`within ${printWithin(within)}`);
  if (progress !== undefined) parts.push(printProgress(progress));
  if (agreement !== undefined) {
    parts.push(`agreement ${agreement.profile.text}`);
    if (agreement.prestate !== undefined) parts.push(`prestate ${agreement.prestate.text}`);
  }
  if (compose !== undefined) parts.push(printCompose(compose));
  w.line(`${parts.join(" ")} =`);
  w.block(node.body);
}
