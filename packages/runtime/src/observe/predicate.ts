/**
 * The predicate language in which a person says what to stop at, to watch, to
 * search for or never to see: `sent(Order) >= 2 && !Buyer.done`.
 *
 * ```
 * predicate  = or ;               or  = and { "||" and } ;   and = not { "&&" not } ;
 * not        = "!" not | compare ; compare = term [ ("==" | "!=" | "<" | "<=" | ">" | ">=") term ] ;
 * term       = number | string | "true" | "false" | "(" or ")" | fact ;
 * fact       = name [ "(" [ word { "," word } ] ")" ] | role "." name ;
 * ```
 */
export type Predicate =
  | { readonly kind: "value"; readonly value: number | string | boolean }
  /** `tick`, `sent(Order)`, `inFlight(Buyer, Seller)`. */
  | { readonly kind: "fact"; readonly name: string; readonly args: readonly string[]; readonly at: number }
  /** `Buyer.done`, `Workers[0].step`. */
  | { readonly kind: "of"; readonly role: string; readonly name: string; readonly at: number }
  | { readonly kind: "not"; readonly of: Predicate }
  | { readonly kind: "and" | "or"; readonly left: Predicate; readonly right: Predicate }
  | {
      readonly kind: "compare";
      readonly op: Comparator;
      readonly left: Predicate;
      readonly right: Predicate;
    };

export type Comparator = "==" | "!=" | "<" | "<=" | ">" | ">=";

/** Why a text is no predicate: where, and what would have to stand there. */
export interface PredicateError {
  readonly code: "PAR8001";
  readonly kind: "bad-predicate";
  /** Offset in the text. */
  readonly at: number;
  readonly expected: string;
  readonly found: string;
}

export type ParsedPredicate =
  | { readonly ok: true; readonly predicate: Predicate }
  | { readonly ok: false; readonly error: PredicateError };

interface Token {
  readonly text: string;
  readonly at: number;
}

const pattern =
  /\s+|(\|\||&&|==|!=|<=|>=|[()!<>,.])|("(?:[^"\\]|\\.)*")|(\d+)|([A-Za-z_][A-Za-z0-9_]*(?:\[\d+\])?)/y;

const tokensOf = (source: string): readonly Token[] | number => {
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  while (pattern.lastIndex < source.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(source);
    if (match === null) return at;
    if (match[0].trim() !== "") tokens.push({ text: match[0], at });
  }
  return tokens;
};

const comparators: ReadonlySet<string> = new Set(["==", "!=", "<", "<=", ">", ">="]);
const isComparator = (text: string): text is Comparator => comparators.has(text);
const isWord = (text: string): boolean => /^[A-Za-z_]/.test(text);

/** Thrown inside the parser only; `parsePredicate` answers it. */
class Unexpected extends Error {
  readonly expected: string;
  constructor(expected: string) {
    super(expected);
    this.expected = expected;
  }
}

/** How deep parentheses and negations may nest. */
const MAX_DEPTH = 100;

class Parser {
  readonly tokens: readonly Token[];
  at = 0;
  private depth = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  get text(): string {
    return this.tokens[this.at]?.text ?? "";
  }

  whole(): Predicate {
    const found = this.or();
    if (this.text !== "") throw new Unexpected("the end");
    return found;
  }

  private take(text: string): boolean {
    if (this.text !== text) return false;
    this.at += 1;
    return true;
  }

  private or(): Predicate {
    let left = this.and();
    while (this.take("||")) left = { kind: "or", left, right: this.and() };
    return left;
  }

  private and(): Predicate {
    let left = this.not();
    while (this.take("&&")) left = { kind: "and", left, right: this.not() };
    return left;
  }

  private not(): Predicate {
    if (++this.depth > MAX_DEPTH) throw new Unexpected("fewer parentheses");
    const found: Predicate = this.take("!") ? { kind: "not", of: this.not() } : this.compare();
    this.depth -= 1;
    return found;
  }

  private compare(): Predicate {
    const left = this.term();
    const op = this.text;
    if (!isComparator(op)) return left;
    this.at += 1;
    return { kind: "compare", op, left, right: this.term() };
  }

  private term(): Predicate {
    const { text } = this;
    const at = this.tokens[this.at]?.at ?? 0;
    if (this.take("(")) {
      const inner = this.or();
      if (!this.take(")")) throw new Unexpected("`)`");
      return inner;
    }
    if (text.startsWith('"')) return this.value(JSON.parse(text) as string);
    if (/^\d/.test(text)) return this.value(Number(text));
    if (text === "true" || text === "false") return this.value(text === "true");
    if (!isWord(text)) throw new Unexpected("a fact, a number or a text");
    this.at += 1;
    if (this.take(".")) return { kind: "of", role: text, name: this.word("what of the role"), at };
    return { kind: "fact", name: text, args: this.take("(") ? this.args() : [], at };
  }

  private value(value: number | string | boolean): Predicate {
    this.at += 1;
    return { kind: "value", value };
  }

  private word(what: string): string {
    const { text } = this;
    if (!isWord(text)) throw new Unexpected(what);
    this.at += 1;
    return text;
  }

  private args(): readonly string[] {
    if (this.take(")")) return [];
    const args = [this.word("a label or a role")];
    while (this.take(",")) args.push(this.word("a label or a role"));
    if (!this.take(")")) throw new Unexpected("`)`");
    return args;
  }
}

/**
 * Reads a predicate.
 *
 * @example parsePredicate("sent(Order) >= 2 && !Buyer.done")
 */
export const parsePredicate = (source: string): ParsedPredicate => {
  const bad = (at: number, expected: string): ParsedPredicate => ({
    ok: false,
    error: {
      code: "PAR8001",
      kind: "bad-predicate",
      at,
      expected,
      found: source.slice(at, at + 12) || "the end",
    },
  });
  const tokens = tokensOf(source);
  if (typeof tokens === "number") return bad(tokens, "a word, a number or an operator");
  const parser = new Parser(tokens);
  try {
    return { ok: true, predicate: parser.whole() };
  } catch (cause) {
    if (!(cause instanceof Unexpected)) throw cause;
    return bad(tokens[parser.at]?.at ?? source.length, cause.expected);
  }
};
