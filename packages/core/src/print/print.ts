import type { SourceFile } from "../constructs/protocol/node.ts";
import { printFile } from "../constructs/protocol/print.ts";
import { printStatement } from "../constructs/table.ts";
import { Writer } from "./writer.ts";

/**
 * Writes a tree as `.tell` text: two blanks an indent, one statement a line.
 * Reading the result gives the same tree again, apart from spans. Comments are
 * not part of a tree; `format` keeps them.
 */
export function print(file: SourceFile): string {
  const writer = new Writer(printStatement);
  printFile(file, writer);
  return writer.finish();
}
