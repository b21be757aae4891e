/** A boolean-like predicate in normal form, or why the text is none. */
export type PredicateResult =
  | { readonly ok: true; readonly normal: string }
  | { readonly ok: false; readonly reason: string };

const notBoolean = "predicate must be boolean-like";
const tokenPattern =
  /\s+|(?:[\p{L}_][\p{L}\p{N}_]*)|(?:0[xX][0-9a-fA-F_]+|\d[\d_]*(?:\.\d+)?)[A-Za-z0-9_]*|"[^"]*"|'(?:\\.|[^'\\])'|&&|\|\||==|!=|<=|>=|::|\.\.|[\s\S]/uy;
const comparisons = new Set(["==", "!=", "<", "<=", ">", ">="]);
/** Words that begin an expression which is never boolean-like. */
const refused = new Set([
  "if",
  "match",
  "loop",
  "while",
  "for",
  "return",
  "break",
  "continue",
  "let",
  "unsafe",
  "move",
  "async",
  "await",
  "as",
]);
const depthLimit = 100;

/**
 * Reads a guard or loop condition: `&& || == != < <= > >= !`, parentheses and
 * atoms (literals, paths, fields, indices, calls, macros). Arithmetic, casts
 * and the like are refused. The normal form puts both operands of every
 * operator in parentheses.
 *
 * @example parsePredicate("stock > 0 && open") // normal: "((stock) > (0)) && (open)"
 */
export function parsePredicate(text: string): PredicateResult {
  const words: string[] = [];
  tokenPattern.lastIndex = 0;
  for (let match = tokenPattern.exec(text); match !== null; match = tokenPattern.exec(text)) {
    if (match[0].trim() !== "") words.push(match[0]);
  }
  const reader = new PredicateReader(words);
  const normal = reader.disjunction();
  if (normal === undefined) return { ok: false, reason: reader.reason };
  return reader.atEnd ? { ok: true, normal } : { ok: false, reason: notBoolean };
}

class PredicateReader {
  reason = notBoolean;
  private readonly words: readonly string[];
  private at = 0;
  private depth = 0;

  constructor(words: readonly string[]) {
    this.words = words;
  }

  get atEnd(): boolean {
    return this.at === this.words.length;
  }

  private get word(): string {
    return this.words[this.at] ?? "";
  }

  disjunction(): string | undefined {
    return this.chain("||", () => this.chain("&&", () => this.comparison()));
  }

  private chain(operator: string, operand: () => string | undefined): string | undefined {
    let left = operand();
    while (left !== undefined && this.word === operator) {
      this.at++;
      const right = operand();
      left = right === undefined ? undefined : `(${left}) ${operator} (${right})`;
    }
    return left;
  }

  private comparison(): string | undefined {
    const left = this.unary();
    if (left === undefined || !comparisons.has(this.word)) return left;
    const operator = this.word;
    this.at++;
    const right = this.unary();
    if (right !== undefined && comparisons.has(this.word)) {
      this.reason = "comparison operators cannot be chained";
      return undefined;
    }
    return right === undefined ? undefined : `(${left}) ${operator} (${right})`;
  }

  private unary(): string | undefined {
    let bangs = "";
    while (this.word === "!") {
      this.at++;
      bangs += "!";
    }
    const atom = this.atom();
    return atom === undefined ? undefined : bangs + atom;
  }

  private atom(): string | undefined {
    const word = this.word;
    if (word === "") {
      this.reason = "unexpected end of input, expected an expression";
      return undefined;
    }
    if (word === "(") return this.group();
    if (!/^[\p{L}\p{N}_"']/u.test(word) || refused.has(word)) return undefined;
    this.at++;
    return this.suffixes(word);
  }

  private group(): string | undefined {
    if (++this.depth > depthLimit) return undefined;
    this.at++;
    const inner = this.disjunction();
    this.depth--;
    if (inner === undefined || this.word !== ")") return undefined;
    this.at++;
    return this.suffixes(`(${inner})`);
  }

  /** Fields, paths, indices, calls and macros after an atom; their insides are taken as they are. */
  private suffixes(head: string): string | undefined {
    let text = head;
    for (;;) {
      const word = this.word;
      let part: string | undefined;
      if (word === "." || word === "::") part = this.member(word);
      else if (word === "(") part = this.balanced(this.at, "(", ")");
      else if (word === "[") part = this.balanced(this.at, "[", "]");
      else if (word === "!" && this.words[this.at + 1] === "(") part = this.macro();
      else return text;
      if (part === undefined) return undefined;
      text += part;
    }
  }

  private macro(): string | undefined {
    const args = this.balanced(this.at + 1, "(", ")");
    return args === undefined ? undefined : `!${args}`;
  }

  private member(separator: string): string | undefined {
    const part = this.words[this.at + 1] ?? "";
    if (separator === "::" && part === "<") {
      const generics = this.balanced(this.at + 1, "<", ">");
      return generics === undefined ? undefined : `::${generics}`;
    }
    if (!/^[\p{L}\p{N}_]/u.test(part)) return undefined;
    this.at += 2;
    return separator + part;
  }

  private balanced(from: number, open: string, close: string): string | undefined {
    let depth = 0;
    let text = "";
    for (let at = from; at < this.words.length; at++) {
      const word = this.words[at] ?? "";
      text += word === "," ? ", " : word;
      if (word === open) depth++;
      else if (word === close && --depth === 0) {
        this.at = at + 1;
        return text;
      }
    }
    return undefined;
  }
}
