import type { Writer } from "../../print/writer.ts";
import { printLocal } from "../call/print.ts";
import { printDeclarations } from "../declarations.ts";
import { printImport } from "../import/print.ts";
import { printModule } from "../module/print.ts";
import type { Name } from "../name.ts";
import { printRoleDecl } from "../roles/print.ts";
import type { ProtocolDecl, SourceFile } from "./node.ts";

function printProtocol(node: ProtocolDecl, w: Writer): void {
  const roles = node.roles.map(printRoleDecl).join(", ");
  const header = node.rolesFrom === "header" ? `(${roles})` : "";
  const { requires, uses, under } = node;
  const clauses = clause("requires", requires) + clause("uses", uses) + clause("under", under);
  w.line(`protocol ${node.name.text}${header}${clauses} =`);
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

const clause = (word: string, names: readonly Name[]): string =>
  names.length === 0 ? "" : ` ${word} ${names.map((name) => name.text).join(", ")}`;

/** A whole file: module, imports, declarations and protocol, with an empty line between them. */
export function printFile(file: SourceFile, w: Writer): void {
  const sections: (() => void)[] = [];
  const { module, protocol } = file;
  if (module !== undefined) sections.push(() => w.line(printModule(module)));
  if (file.imports.length > 0) {
    sections.push(() => {
      for (const node of file.imports) w.line(printImport(node));
    });
  }
  if (file.declarations.length > 0) sections.push(() => printDeclarations(file.declarations, w));
  if (protocol !== undefined) sections.push(() => printProtocol(protocol, w));
  for (const [index, section] of sections.entries()) {
    if (index > 0) w.line("");
    section();
  }
}
