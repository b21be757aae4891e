import type { Writer } from "../../print/writer.ts";
import { printLocal } from "../call/print.ts";
import { declared } from "../declaration.ts";
import { printModule } from "../module/print.ts";
import { printProofBundle } from "../proof-bundle/print.ts";
import { printRoleDecl } from "../roles/print.ts";
import type { ProtocolDecl, SourceFile } from "./node.ts";

function printProtocol(node: ProtocolDecl, w: Writer): void {
  const roles = node.roles.map(printRoleDecl).join(", ");
  const header = node.rolesFrom === "header" ? `(${roles})` : "";
  const requires =
    node.requires.length === 0 ? "" : ` requires ${node.requires.map((n) => n.text).join(", ")}`;
  w.line(`protocol ${node.name.text}${header}${requires} =`);
  w.indented(() => {
    if (node.rolesFrom === "line") w.line(`roles ${roles}`);
    w.statements(node.body);
  });
  if (node.locals.length === 0) return;
  w.line("where");
  w.indented(() => {
    for (const local of node.locals) printLocal(local, w);
  });
}

/** A whole file: module, bundles and protocol, with a blank line between them. */
export function printFile(file: SourceFile, w: Writer): void {
  if (file.module !== undefined) w.line(printModule(file.module));
  if (declared(file, "proofBundle").length > 0 && file.module !== undefined) w.line("");
  for (const bundle of declared(file, "proofBundle")) w.line(printProofBundle(bundle));
  if (file.protocol === undefined) return;
  if (file.module !== undefined || declared(file, "proofBundle").length > 0) w.line("");
  printProtocol(file.protocol, w);
}
