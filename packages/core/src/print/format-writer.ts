import { T } from "../syntax/token-kind.ts";
import type { Piece } from "./pieces.ts";

const opens = (kind: number): boolean => kind === T.lparen || kind === T.lbrace || kind === T.lbracket;
const closes = (kind: number): boolean => kind === T.rparen || kind === T.rbrace || kind === T.rbracket;
const continues = (kind: number): boolean => kind === T.arrow || kind === T.arrowStar || kind === T.lbrace;

/** Tokens that stick to what stands before them. */
const tightBefore = new Set([T.rparen, T.rbracket, T.lt, T.gt, T.comma, T.dot, T.dotDot]);
/** Tokens that what follows sticks to. */
const tightAfter = new Set([T.lparen, T.lbracket, T.lt, T.dot, T.dotDot]);

/** Words whose name is followed by a list in parentheses that sticks to it. */
const headWords = new Set(["protocol", "operation", "fragment", "within", "|"]);
/** Words that a list in parentheses sticks to. */
const listAfter = new Set(["subset", "threshold_success"]);

/** Writes pieces with fresh indentation and spacing, keeping the author's line breaks. */
export class FormatWriter {
  private readonly source: string;
  private readonly lines: string[] = [];
  private line = "";
  private last: Piece | undefined;
  private beforeLast: Piece | undefined;
  private brackets = 0;
  /** Indent of the line on which the outermost open bracket stands. */
  private bracketIndent = 0;
  /** Column, in the source, of the lines of each open block. */
  private readonly columns: number[] = [];

  constructor(source: string) {
    this.source = source;
  }

  write(piece: Piece): void {
    const { last } = this;
    const gap = this.source.slice(last?.span.end ?? 0, piece.span.start);
    const newline = gap.indexOf("\n");
    // Code that shares its line with a comment before it moves to a line of its own: a comment is no indentation.
    const moves = piece.first && last?.kind === "comment";
    if (last === undefined || newline >= 0 || moves) {
      const blank = last !== undefined && newline >= 0 && gap.indexOf("\n", newline + 1) >= 0;
      this.breakLine(blank);
      this.line = " ".repeat(this.indent(piece)) + piece.text;
    } else {
      this.line += (this.sticks(last, piece) ? "" : " ") + piece.text;
    }
    if (piece.kind === "code") this.countBrackets(piece);
    this.beforeLast = last;
    this.last = piece;
  }

  finish(): string {
    this.breakLine(false);
    return this.lines.length === 0 ? "" : `${this.lines.join("\n")}\n`;
  }

  private breakLine(blank: boolean): void {
    if (this.last !== undefined) this.lines.push(this.line.trimEnd());
    if (blank) this.lines.push("");
    this.line = "";
  }

  private indent(piece: Piece): number {
    if (this.brackets > 0) {
      const closing = piece.text.length === 1 && closes(piece.token) ? 1 : 0;
      return this.bracketIndent + 2 * (this.brackets - closing);
    }
    if (piece.kind === "comment") return 2 * this.commentDepth(piece);
    if (continues(piece.token)) return 2 * (piece.depth + 1);
    this.columns[piece.depth] = this.column(piece.span.start);
    return 2 * piece.depth;
  }

  /** A comment where blocks end belongs to the innermost one it is indented for. */
  private commentDepth(piece: Piece): number {
    const column = this.column(piece.span.start);
    let depth = Math.max(piece.depth, piece.depthBefore);
    while (depth > piece.depth && column < (this.columns[depth] ?? 0)) depth--;
    return depth;
  }

  private column(offset: number): number {
    return offset - (this.source.lastIndexOf("\n", offset - 1) + 1);
  }

  /** Regions are balanced, so only single bracket tokens count. */
  private countBrackets(piece: Piece): void {
    if (piece.text.length !== 1) return;
    if (opens(piece.token)) {
      if (this.brackets++ === 0) this.bracketIndent = this.line.length - this.line.trimStart().length;
    } else if (closes(piece.token)) this.brackets--;
  }

  private sticks(last: Piece, piece: Piece): boolean {
    if (last.kind === "comment" || piece.kind === "comment") return false;
    if (piece.token === T.lbracket) return last.token === T.ident && last.text !== "requires";
    if (piece.token === T.lparen) return this.sticksParen(last, piece);
    if (piece.token === T.ident && last.token === T.int) return last.span.end === piece.span.start;
    if (last.text.length > 1 && last.token !== T.dotDot) return tightBefore.has(piece.token);
    return tightBefore.has(piece.token) || tightAfter.has(last.token);
  }

  /** A payload, the roles of a header and the parameters of a declaration stick to the name before them; a block in parentheses does not. */
  private sticksParen(last: Piece, piece: Piece): boolean {
    if (piece.text.length > 1) return last.token === T.ident || last.token === T.gt;
    if (last.token !== T.ident) return false;
    // `| par (` opens a block beside the bar of an arm.
    if (last.text === "par" && this.beforeLast?.text === "|") return false;
    return listAfter.has(last.text) || headWords.has(this.beforeLast?.text ?? "");
  }
}
