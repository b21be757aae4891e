import type { SenderRecord } from "../constructs/annotation/node.ts";
import { printGuard } from "../constructs/choice/print.ts";
import type { Declaration } from "../constructs/declaration.ts";
import { printExpression } from "../constructs/expression/print.ts";
import { printImport } from "../constructs/import/print.ts";
import { printModule } from "../constructs/module/print.ts";
import type { SourceFile } from "../constructs/protocol/node.ts";
import type { Statement } from "../constructs/statement.ts";
import { blocksOf, printStatement } from "../constructs/table.ts";
import type { TypeExpr } from "../constructs/type/node.ts";
import type { Span } from "../text/span.ts";
import { Writer } from "./writer.ts";

/** A stretch of source that the formatter writes as one piece: its blanks are part of its meaning. */
export interface Region {
  readonly span: Span;
  readonly text: string;
}

/** Payloads, list values, guards, expressions, types, the module line and imports of a file, in order of place. */
export function regionsOf(file: SourceFile, source: string): readonly Region[] {
  const regions: Region[] = [];
  if (file.module !== undefined) regions.push({ span: file.module.span, text: printModule(file.module) });
  for (const node of file.imports) regions.push({ span: node.span, text: printImport(node) });
  for (const node of file.declarations) {
    for (const type of typesOf(node)) regions.push(verbatim(type.span, source));
  }
  if (file.protocol !== undefined) {
    collect(file.protocol.body, source, regions);
    for (const local of file.protocol.locals) collect(local.body, source, regions);
  }
  return regions.sort((a, b) => a.span.start - b.span.start);
}

/** The types a declaration writes out, in order of place. Their text is part of their meaning. */
function typesOf(node: Declaration): readonly TypeExpr[] {
  switch (node.kind) {
    case "type":
      return node.alias === undefined
        ? node.constructors.flatMap(({ payload }) => (payload === undefined ? [] : [payload]))
        : [node.alias];
    case "effect":
      return node.operations.flatMap(({ input, output }) => [input, output]);
    case "operation":
      return node.params.map(({ type }) => type);
    default:
      return [];
  }
}

const verbatim = (span: Span, source: string): Region => ({ span, text: source.slice(span.start, span.end) });

function collect(body: readonly Statement[], source: string, regions: Region[]): void {
  for (const statement of body) {
    collectOne(statement, source, regions);
    for (const block of blocksOf(statement)) collect(block, source, regions);
  }
}

function collectOne(statement: Statement, source: string, regions: Region[]): void {
  switch (statement.kind) {
    case "send":
    case "broadcast": {
      collectRecord(statement.record, source, regions);
      const payload = statement.message.payload;
      if (payload !== undefined) regions.push(verbatim(payload.span, source));
      return;
    }
    case "choice":
      for (const { guard } of statement.arms) {
        if (guard !== undefined) regions.push({ span: guard.span, text: printGuard(guard).trimStart() });
      }
      return;
    case "let":
      regions.push({ span: statement.value.span, text: printExpression(statement.value) });
      return;
    case "case":
      regions.push({ span: statement.subject.span, text: printExpression(statement.subject) });
      return;
    case "begin":
    case "resolve":
    case "publish":
    case "dependentWork": {
      const writer = new Writer(printStatement);
      writer.statements([statement]);
      regions.push({ span: statement.span, text: writer.finish().trimEnd() });
      return;
    }
    default:
      return;
  }
}

function collectRecord(record: SenderRecord | undefined, source: string, regions: Region[]): void {
  if (record === undefined) return;
  for (const entry of record.entries) {
    if (entry.form === "list" || entry.form === "names") regions.push(verbatim(entry.valueSpan, source));
  }
}
