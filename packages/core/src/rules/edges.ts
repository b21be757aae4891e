import type { Annotation, SenderRecord } from "../constructs/annotation/node.ts";
import type { SourceFile } from "../constructs/protocol/node.ts";
import type { Statement } from "../constructs/statement.ts";
import { blocksOf } from "../constructs/table.ts";

/** One annotation with the record it stands in and the role that sends. */
export interface Annotated {
  readonly record: SenderRecord;
  readonly entry: Annotation;
  readonly role: string;
}

/** Every statement of the protocol of a file, local protocols included, in source order. */
export function statementsOf({ protocol }: SourceFile): readonly Statement[] {
  const found: Statement[] = [];
  if (protocol === undefined) return found;
  collect(protocol.body, found);
  for (const local of protocol.locals) collect(local.body, found);
  return found;
}

function collect(body: readonly Statement[], found: Statement[]): void {
  for (const statement of body) {
    found.push(statement);
    for (const block of blocksOf(statement)) collect(block, found);
  }
}

/** The annotations of the sends and broadcasts among these statements. */
export function annotationsOf(statements: readonly Statement[]): readonly Annotated[] {
  const found: Annotated[] = [];
  for (const statement of statements) {
    if (statement.kind !== "send" && statement.kind !== "broadcast") continue;
    const { record } = statement;
    if (record === undefined) continue;
    for (const entry of record.entries) found.push({ record, entry, role: statement.from.name.text });
  }
  return found;
}
