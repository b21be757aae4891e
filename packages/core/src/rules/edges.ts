import type { Annotation, SenderRecord } from "../constructs/annotation/node.ts";
import type { Broadcast } from "../constructs/broadcast/node.ts";
import type { SourceFile } from "../constructs/protocol/node.ts";
import type { Send } from "../constructs/send/node.ts";
import type { Statement } from "../constructs/statement.ts";
import { blocksOf } from "../constructs/table.ts";

/** Every statement of the protocol of a file, local protocols included, in source order. */
export function* statementsOf(file: SourceFile): Generator<Statement> {
  const { protocol } = file;
  if (protocol === undefined) return;
  yield* inside(protocol.body);
  for (const local of protocol.locals) yield* inside(local.body);
}

function* inside(body: readonly Statement[]): Generator<Statement> {
  for (const statement of body) {
    yield statement;
    for (const block of blocksOf(statement)) yield* inside(block);
  }
}

/** The sends and broadcasts of a file. */
export function* edgesOf(file: SourceFile): Generator<Send | Broadcast> {
  for (const statement of statementsOf(file)) {
    if (statement.kind === "send" || statement.kind === "broadcast") yield statement;
  }
}

/** The annotations of a file, each with the record it stands in. */
export function* annotationsOf(
  file: SourceFile,
): Generator<{ readonly record: SenderRecord; readonly entry: Annotation; readonly role: string }> {
  for (const { record, from } of edgesOf(file)) {
    for (const entry of record?.entries ?? []) {
      if (record !== undefined) yield { record, entry, role: from.name.text };
    }
  }
}
