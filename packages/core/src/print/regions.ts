import type { SenderRecord } from "../constructs/annotation/node.ts";
import { printGuard } from "../constructs/choice/print.ts";
import { printModule } from "../constructs/module/print.ts";
import type { SourceFile } from "../constructs/protocol/node.ts";
import type { Statement } from "../constructs/statement.ts";
import { blocksOf } from "../constructs/table.ts";
import type { Span } from "../text/span.ts";

/** A stretch of source that the formatter writes as one piece: its blanks are part of its meaning. */
export interface Region {
  readonly span: Span;
  readonly text: string;
}

/** Payloads, list values, guards and the module line of a file, in order of place. */
export function regionsOf(file: SourceFile, source: string): readonly Region[] {
  const regions: Region[] = [];
  if (file.module !== undefined) regions.push({ span: file.module.span, text: printModule(file.module) });
  if (file.protocol !== undefined) {
    collect(file.protocol.body, source, regions);
    for (const local of file.protocol.locals) collect(local.body, source, regions);
  }
  return regions.sort((a, b) => a.span.start - b.span.start);
}

const verbatim = (span: Span, source: string): Region => ({ span, text: source.slice(span.start, span.end) });

function collect(body: readonly Statement[], source: string, regions: Region[]): void {
  for (const statement of body) {
    if (statement.kind === "send" || statement.kind === "broadcast") {
      collectRecord(statement.record, source, regions);
      const payload = statement.message.payload;
      if (payload !== undefined) regions.push(verbatim(payload.span, source));
    } else if (statement.kind === "choice") {
      for (const { guard } of statement.arms) {
        if (guard !== undefined) regions.push({ span: guard.span, text: printGuard(guard).trimStart() });
      }
    }
    for (const block of blocksOf(statement)) collect(block, source, regions);
  }
}

function collectRecord(record: SenderRecord | undefined, source: string, regions: Region[]): void {
  if (record === undefined) return;
  for (const entry of record.entries) {
    if (entry.form === "list" || entry.form === "names") regions.push(verbatim(entry.valueSpan, source));
  }
}
