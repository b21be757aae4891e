import type { Declaration } from "../constructs/declaration.ts";
import type { OperationDecl } from "../constructs/operation/node.ts";
import type { ProtocolDecl, SourceFile } from "../constructs/protocol/node.ts";
import type { TypeDecl } from "../constructs/type/node.ts";
import type { TokenList } from "../syntax/token-list.ts";
import type { Occurrence, SymbolKind } from "./occurrence.ts";
import { OccurrenceCollector, type Scoped } from "./occurrence-collector.ts";
import { bindValue, walkProgress, walkStatements } from "./statement-occurrences.ts";

const kindOf: Readonly<Record<Declaration["kind"], SymbolKind>> = {
  proofBundle: "bundle",
  profile: "executionProfile",
  agreementProfile: "agreementProfile",
  roleSet: "roleSet",
  topology: "topology",
  type: "type",
  effect: "effect",
  fragment: "fragment",
  operation: "operation",
  guestRuntime: "guestRuntime",
};

/**
 * Every mention of every name of a file, in order of place. All that goes by
 * name (definition, references, rename, highlights, symbols, colours) is read
 * off this list.
 *
 * @example
 * const { file, tokens } = parse("protocol P =\n  roles A, B\n  A -> B : M\n");
 * occurrences(file, tokens).filter((o) => o.name === "A").length // 2
 */
export function occurrences(file: SourceFile, tokens: TokenList): readonly Occurrence[] {
  const c = new OccurrenceCollector(file, tokens);
  declareAll(c, file);
  if (file.module !== undefined) walkModule(c, file.module);
  for (const one of file.imports) c.import(one);
  for (const one of file.declarations) walkDeclaration(c, one);
  if (file.protocol !== undefined) walkProtocol(c, file.protocol);
  return c.finish();
}

function declareAll(c: OccurrenceCollector, { declarations, protocol }: SourceFile): void {
  for (const one of declarations) {
    c.declare(kindOf[one.kind], one.name.text);
    if (one.kind === "type") for (const { name } of one.constructors) c.declare("constructor", name.text);
  }
  if (protocol === undefined) return;
  c.declare("protocol", protocol.name.text);
  for (const { name } of protocol.roles) c.declare("role", name.text);
  for (const { name } of protocol.locals) c.declare("localProtocol", name.text);
}

function walkModule(c: OccurrenceCollector, { name, names }: NonNullable<SourceFile["module"]>): void {
  c.define("module", name);
  for (const word of names ?? []) {
    const [kind] = c.declared.get(word.text) ?? [];
    if (kind !== undefined) c.refer(kind, word);
  }
}

function walkDeclaration(c: OccurrenceCollector, node: Declaration): void {
  c.define(kindOf[node.kind], node.name);
  switch (node.kind) {
    case "proofBundle":
      for (const name of node.capabilities) c.refer("capability", name);
      return;
    case "roleSet":
      for (const name of node.members) c.member(name);
      if (node.subset !== undefined) c.refer("roleSet", node.subset.of);
      return;
    case "topology":
      for (const name of node.members) c.member(name);
      return;
    case "type":
      walkType(c, node);
      return;
    case "effect":
      for (const { name, input, output } of node.operations) {
        c.define("effectOperation", name, node.name.text);
        c.types(input.span);
        c.types(output.span);
      }
      return;
    case "fragment":
      for (const name of node.params) bindValue(c, undefined, name);
      return;
    case "operation":
      walkOperation(c, node);
      return;
    case "guestRuntime":
      for (const name of node.uses) c.refer("effect", name);
      if (node.entry !== undefined) c.refer("protocol", node.entry);
      return;
    case "profile":
    case "agreementProfile":
      return;
  }
}

function walkType(c: OccurrenceCollector, { alias, constructors }: TypeDecl): void {
  if (alias !== undefined) c.types(alias.span);
  for (const { name, payload } of constructors) {
    c.define("constructor", name);
    if (payload !== undefined) c.types(payload.span);
  }
}

function walkOperation(c: OccurrenceCollector, node: OperationDecl): void {
  let values: Scoped | undefined;
  for (const { name, type } of node.params) {
    values = bindValue(c, values, name);
    c.types(type.span);
  }
  c.role(node.owner);
  if (node.within !== undefined) {
    c.refer("fragment", node.within.fragment);
    for (const arg of node.within.args) c.values(arg.span, values);
  }
  walkProgress(c, node.progress);
  if (node.agreement !== undefined) c.refer("agreementProfile", node.agreement.profile);
  walkStatements(c, node.body, { values, labels: undefined });
}

function walkProtocol(c: OccurrenceCollector, node: ProtocolDecl): void {
  c.define("protocol", node.name);
  for (const name of node.requires) c.refer("bundle", name);
  for (const name of node.uses) c.refer("effect", name);
  for (const name of node.under) c.refer("executionProfile", name);
  for (const { name, param } of node.roles) {
    c.define("role", name);
    if (param?.kind === "symbolic") c.define("parameter", { text: param.name, span: param.span });
  }
  walkStatements(c, node.body);
  for (const { name, body } of node.locals) {
    c.define("localProtocol", name);
    walkStatements(c, body);
  }
}
