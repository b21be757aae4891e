import type { SenderRecord } from "./node.ts";

/** ` { key : value, … }` with its leading blank, or nothing. */
export function printRecord(record: SenderRecord | undefined): string {
  if (record === undefined) return "";
  if (record.entries.length === 0) return " { }";
  const entries = record.entries.map(
    (entry) => `${entry.key.text} : ${entry.form === "string" ? `"${entry.value}"` : entry.value}`,
  );
  return ` { ${entries.join(", ")} }`;
}
