import type { Statement } from "../constructs/statement.ts";
import type { Span } from "../text/span.ts";
import { blocksIn } from "./blocks.ts";
import type { ServiceDocument } from "./document.ts";
import type { Workspace } from "./workspace.ts";

/** Lines that can be folded under the first of them; lines count from 1, both included. */
export interface FoldingRange {
  readonly startLine: number;
  readonly endLine: number;
  readonly kind: "comment" | "imports" | "region";
}

/** What can be folded: comments, imports, declarations, the protocol, its statements and their arms. Ranges nest. */
export const foldingRanges = (workspace: Workspace, uri: string): readonly FoldingRange[] => {
  const document = workspace.documents.get(uri);
  if (document === undefined) return [];
  const folder = new Folder(document);
  const { imports, declarations, protocol } = document.parsed.file;
  folder.comments();
  const [first] = imports;
  const last = imports.at(-1);
  if (first !== undefined && last !== undefined) {
    folder.add({ start: first.span.start, end: last.span.end }, "imports");
  }
  for (const one of declarations) {
    folder.add(one.span);
    if (one.kind === "operation") folder.statements(one.body);
  }
  if (protocol !== undefined) {
    folder.add(protocol.span);
    folder.statements(protocol.body);
    for (const local of protocol.locals) {
      folder.add(local.span);
      folder.statements(local.body);
    }
  }
  return folder.finish();
};

class Folder {
  private readonly document: ServiceDocument;
  private readonly found: FoldingRange[] = [];

  constructor(document: ServiceDocument) {
    this.document = document;
  }

  add(span: Span, kind: FoldingRange["kind"] = "region"): void {
    const { lines, source } = this.document;
    // A block that ends with its line break ends on the line before.
    const end = source[span.end - 1] === "\n" ? span.end - 1 : span.end;
    const startLine = lines.positionAt(span.start).line;
    const endLine = lines.positionAt(Math.max(end, span.start)).line;
    if (endLine > startLine) this.found.push({ startLine, endLine, kind });
  }

  statements(body: readonly Statement[]): void {
    for (const node of body) {
      this.add(node.span);
      for (const block of blocksIn(node)) {
        if (block.span !== node.span) this.add(block.span);
        this.statements(block.body);
      }
    }
  }

  /** Block comments, and runs of line comments on lines that follow each other. */
  comments(): void {
    const { lines } = this.document;
    let run: Span | undefined;
    for (const comment of this.document.parsed.tokens.comments) {
      const next =
        run !== undefined && lines.positionAt(comment.start).line === lines.positionAt(run.end).line + 1;
      if (run !== undefined && next) run = { start: run.start, end: comment.end };
      else {
        if (run !== undefined) this.add(run, "comment");
        run = comment;
      }
    }
    if (run !== undefined) this.add(run, "comment");
  }

  /** In order, outer before inner; of ranges that would cross or share their first line the larger stays. */
  finish(): readonly FoldingRange[] {
    const sorted = this.found.sort((a, b) => a.startLine - b.startLine || b.endLine - a.endLine);
    const out: FoldingRange[] = [];
    const open: FoldingRange[] = [];
    for (const range of sorted) {
      while ((open.at(-1)?.endLine ?? Number.POSITIVE_INFINITY) < range.startLine) open.pop();
      const outer = open.at(-1);
      if (outer !== undefined && (outer.endLine < range.endLine || outer.startLine === range.startLine))
        continue;
      open.push(range);
      out.push(range);
    }
    return out;
  }
}
