import type { Statement } from "../constructs/statement.ts";

/** Longest line the printer writes before it moves an arrow to a line of its own. */
const lineWidth = 100;

/** Collects indented lines. It knows no construct: `printStatement`, given from outside, writes one. */
export class Writer {
  private readonly lines: string[] = [];
  private depth = 0;
  private readonly printStatement: (statement: Statement, w: Writer) => void;

  constructor(printStatement: (statement: Statement, w: Writer) => void) {
    this.printStatement = printStatement;
  }

  line(text: string): void {
    this.lines.push(text === "" ? "" : "  ".repeat(this.depth) + text);
  }

  /** A head and a tail on one line, or the tail on a deeper continuation line when both do not fit. */
  lineOrTwo(head: string, tail: string): void {
    const indent = this.depth * 2;
    if (indent + head.length + tail.length < lineWidth) this.line(`${head} ${tail}`);
    else {
      this.line(head);
      this.indented(() => this.line(tail));
    }
  }

  indented(write: () => void): void {
    this.depth++;
    write();
    this.depth--;
  }

  statements(body: readonly Statement[]): void {
    for (const statement of body) this.printStatement(statement, this);
  }

  block(body: readonly Statement[]): void {
    this.indented(() => this.statements(body));
  }

  /** An arm: its one plain statement beside `head`, otherwise a block under it. */
  arm(head: string, body: readonly Statement[]): void {
    const only = body.length === 1 ? body[0] : undefined;
    if (only !== undefined && isPlain(only)) {
      const inline = new Writer(this.printStatement);
      inline.statements(body);
      if (inline.lines.length === 1) {
        this.line(`${head} ${inline.lines[0] ?? ""}`);
        return;
      }
    }
    this.line(head);
    this.block(body);
  }

  finish(): string {
    return this.lines.length === 0 ? "" : `${this.lines.join("\n")}\n`;
  }
}

/** A statement of one line that may stand beside the head of an arm. */
const isPlain = (statement: Statement): boolean => {
  switch (statement.kind) {
    case "choice":
    case "case":
    case "timeout":
    case "loop":
    case "rec":
    case "par":
      return false;
    case "let":
      return statement.body === undefined;
    default:
      return true;
  }
};
