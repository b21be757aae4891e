import { type LegacyToken, legacyTokens } from "./legacy-token.ts";
import type { LegacyItem } from "./legacy-tree.ts";

/** Where reading stopped, and what was expected there. Thrown inside the reader only. */
export class LegacyStop extends Error {
  readonly expected: string;
  readonly at: LegacyToken;

  constructor(expected: string, at: LegacyToken) {
    super(expected);
    this.expected = expected;
    this.at = at;
  }
}

/** A cursor over the tokens of the macro form; comments passed on the way wait to be taken. */
export class LegacyCursor {
  readonly source: string;
  private readonly tokens: readonly LegacyToken[];
  private at = 0;
  private comments: LegacyItem[] = [];

  constructor(source: string) {
    this.source = source;
    this.tokens = legacyTokens(source);
  }

  /** The next token that is no comment. */
  get token(): LegacyToken {
    for (;;) {
      const token = this.tokens[this.at] ?? this.tokens.at(-1);
      if (token === undefined) throw new Error("a text has at least its end");
      if (token.kind !== "comment") return token;
      for (const line of token.text.split("\n")) {
        const text = line.trim();
        if (text !== "") this.comments.push({ kind: "comment", text, trailing: !token.startsLine });
      }
      this.at++;
    }
  }

  /** The token `ahead` places after the next one. */
  peek(ahead: number): LegacyToken | undefined {
    void this.token;
    let left = ahead;
    for (let { at } = this; at < this.tokens.length; at++) {
      const token = this.tokens[at];
      if (token?.kind === "comment") continue;
      if (left-- === 0) return token;
    }
    return undefined;
  }

  /** Comments read since they were last taken. */
  takeComments(): readonly LegacyItem[] {
    void this.token;
    const taken = this.comments;
    this.comments = [];
    return taken;
  }

  is(text: string): boolean {
    const { kind, text: found } = this.token;
    return found === text && (kind === "word" || kind === "mark");
  }

  next(): LegacyToken {
    const { token } = this;
    if (token.kind !== "end") this.at++;
    return token;
  }

  eat(text: string): boolean {
    const found = this.is(text);
    if (found) this.next();
    return found;
  }

  expect(text: string): void {
    if (!this.eat(text)) this.stop(`\`${text}\``);
  }

  word(expected: string): string {
    if (this.token.kind !== "word") this.stop(expected);
    return this.next().text;
  }

  stop(expected: string): never {
    throw new LegacyStop(expected, this.token);
  }

  /** The text inside the brackets that open here, without them. */
  bracketed(): string {
    const opener = this.next();
    // `<` compares inside a guard, and opens only where it opened.
    const angles = opener.text === "<";
    let depth = 1;
    for (;;) {
      const token = this.next();
      if (token.kind === "end") this.stop("the closing bracket");
      if (token.kind !== "mark") continue;
      if ((angles ? "([{<" : "([{").includes(token.text)) depth++;
      else if ((angles ? ")]}>" : ")]}").includes(token.text)) depth--;
      if (depth === 0) return this.source.slice(opener.span.end, token.span.start).trim();
    }
  }
}
