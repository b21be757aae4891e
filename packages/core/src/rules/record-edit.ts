import type { Annotation, SenderRecord } from "../constructs/annotation/node.ts";
import type { Fix } from "../diagnostics/diagnostic.ts";

/**
 * Deletes one entry of a sender record. A record without `flow_cost` costs
 * 100 (language chapter §21), so the last entry gives way to that cost: the
 * protocol means what it meant.
 */
export function removeEntry(record: SenderRecord, entry: Annotation): Fix {
  const { entries } = record;
  const at = entries.indexOf(entry);
  const key = entry.key.text;
  const before = entries[at - 1];
  const after = entries[at + 1];
  if (before === undefined && after === undefined) {
    return {
      title: `Remove \`${key}\`, keep the default cost`,
      edits: [{ span: entry.span, text: "flow_cost : 100" }],
    };
  }
  const span =
    after === undefined
      ? { start: before?.span.end ?? entry.span.start, end: entry.span.end }
      : { start: entry.span.start, end: after.span.start };
  return { title: `Remove \`${key}\``, edits: [{ span, text: "" }] };
}
