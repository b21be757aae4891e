import { T } from "../syntax/token-kind.ts";
import type { TokenList } from "../syntax/token-list.ts";
import type { Span } from "../text/span.ts";
import type { Region } from "./regions.ts";

/** What the formatter writes one after another. */
export interface Piece {
  readonly kind: "code" | "comment";
  /** Token kind of code; the first token's for a region. */
  readonly token: number;
  readonly span: Span;
  readonly text: string;
  /** First code of its line. */
  readonly first: boolean;
  /** Open blocks around it. For a comment: around the next code. */
  readonly depth: number;
  /** For a comment: open blocks around the code before it. */
  readonly depthBefore: number;
}

/** Tokens, regions and comments in order of place, with their depth of blocks. */
export function piecesOf(tokens: TokenList, regions: readonly Region[]): Piece[] {
  return new PieceReader(tokens, regions).run();
}

class PieceReader {
  private readonly tokens: TokenList;
  private readonly regions: readonly Region[];
  private readonly pieces: Piece[] = [];
  private depth = 0;
  private depthBefore = 0;
  private comment = 0;
  private region = 0;

  constructor(tokens: TokenList, regions: readonly Region[]) {
    this.tokens = tokens;
    this.regions = regions;
  }

  run(): Piece[] {
    const { kinds, count } = this.tokens;
    for (let i = 0; i < count; i++) {
      const kind = kinds[i] ?? T.eof;
      if (kind === T.open) this.depth++;
      else if (kind === T.close) this.depth--;
      else {
        this.takeComments(this.tokens.starts[i] ?? 0);
        if (kind !== T.eof) i = this.takeCode(i, kind);
      }
    }
    return this.pieces;
  }

  private takeComments(before: number): void {
    const { comments, source } = this.tokens;
    const { depth, depthBefore } = this;
    for (
      let at = comments[this.comment];
      at !== undefined && at.start < before;
      at = comments[++this.comment]
    ) {
      const text = tidyComment(source.slice(at.start, at.end));
      this.pieces.push({ kind: "comment", token: T.other, span: at, text, first: false, depth, depthBefore });
    }
  }

  /** Writes the token at `index`, or the region that starts there; gives the last token it covers. */
  private takeCode(index: number, token: number): number {
    const { starts, ends, source } = this.tokens;
    const { depth, depthBefore } = this;
    const start = starts[index] ?? 0;
    const first = this.tokens.first[index] === 1;
    const region = this.regions[this.region];
    const whole = region?.span.start === start ? region : undefined;
    const span: Span = whole?.span ?? { start, end: ends[index] ?? start };
    const text = whole === undefined ? source.slice(span.start, span.end) : this.takeRegion(whole);
    this.pieces.push({ kind: "code", token, span, text, first, depth, depthBefore });
    this.depthBefore = depth;
    let last = index;
    while (last + 1 < this.tokens.count && (starts[last + 1] ?? 0) < span.end) last++;
    return last;
  }

  /** The text of a region: as prepared, or as written when comments stand inside. */
  private takeRegion(region: Region): string {
    const { comments, source } = this.tokens;
    const before = this.comment;
    this.region++;
    while ((comments[this.comment]?.start ?? region.span.end) < region.span.end) this.comment++;
    return before === this.comment ? region.text : source.slice(region.span.start, region.span.end);
  }
}

const tidyComment = (text: string): string => text.replace(/[ \t\r]+$/gm, "").replaceAll("\r\n", "\n");
