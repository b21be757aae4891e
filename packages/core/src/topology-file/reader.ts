import type { Name } from "../constructs/name.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { ReportOptions } from "../diagnostics/sink.ts";
import { suggest } from "../resolve/suggest.ts";
import type { Span } from "../text/span.ts";
import { type TopologyCodeName, topologyDiagnostic } from "./codes.ts";
import type { ChannelCapacity, PlaceConstraint, RoleCount, TopologyLocation } from "./node.ts";
import { type TopologyToken, topologyTokens } from "./tokens.ts";

/** The most bits a channel may be said to hold. */
export const CAPACITY_LIMIT = Number.MAX_SAFE_INTEGER;

const constraintWords = ["colocated", "separated", "pinned", "region"] as const;

/** A cursor over a topology file, and the lines of its blocks. Each line read answers nothing when it could not be. */
export class TopologyReader {
  readonly diagnostics: Diagnostic[] = [];
  private readonly tokens: readonly TopologyToken[];
  private at = 0;

  constructor(source: string) {
    this.tokens = topologyTokens(source);
  }

  private token(ahead = 0): TopologyToken {
    const last = this.tokens.length - 1;
    return (
      this.tokens[Math.min(this.at + ahead, last)] ?? { kind: "end", text: "", span: { start: 0, end: 0 } }
    );
  }

  get span(): Span {
    return this.token().span;
  }

  get atEnd(): boolean {
    return this.token().kind === "end";
  }

  next(): void {
    if (this.at < this.tokens.length - 1) this.at++;
  }

  report(name: TopologyCodeName, span: Span, options?: ReportOptions): void {
    if (this.diagnostics.length < 100) this.diagnostics.push(topologyDiagnostic(name, span, options));
  }

  private get found(): string {
    return this.atEnd ? "the end of the file" : `\`${this.token().text.slice(0, 24)}\``;
  }

  fail(expected: string): undefined {
    this.report("topologySyntax", this.span, { args: { expected, found: this.found } });
    return undefined;
  }

  isWord(word: string, ahead = 0): boolean {
    const token = this.token(ahead);
    return token.kind === "word" && token.text === word;
  }

  isSymbol(symbol: string, ahead = 0): boolean {
    const token = this.token(ahead);
    return token.kind === "symbol" && token.text === symbol;
  }

  eatSymbol(symbol: string): boolean {
    if (!this.isSymbol(symbol)) return false;
    this.next();
    return true;
  }

  word(word: string): boolean {
    if (!this.isWord(word)) return this.fail(`\`${word}\``) ?? false;
    this.next();
    return true;
  }

  symbol(symbol: string): boolean {
    return this.eatSymbol(symbol) || (this.fail(`\`${symbol}\``) ?? false);
  }

  name(expected: string): Name | undefined {
    const token = this.token();
    if (token.kind !== "word") return this.fail(expected);
    this.next();
    if (/^[A-Za-z]\w*$/.test(token.text)) return { text: token.text, span: token.span };
    this.report("topologyIdentifier", token.span, { args: { found: token.text } });
    return undefined;
  }

  /** Passes to the end of a line that could not be read. */
  recover(): void {
    while (!this.atEnd && !this.isSymbol(";") && !this.isSymbol("}")) {
      const goesOn = this.token(1).kind === "word" && (this.isSymbol(":", 2) || this.isSymbol("->", 2));
      this.next();
      if (goesOn) return;
    }
  }

  /** `local`, `colocated(Role)` or `host:port`. */
  location(): TopologyLocation | undefined {
    const token = this.token();
    const { start } = token.span;
    if (token.kind !== "word") return this.notALocation(token.span, this.found);
    this.next();
    if (token.text === "colocated" && this.eatSymbol("(")) {
      const other = this.name("a role");
      if (other === undefined || !this.symbol(")")) return undefined;
      return { kind: "colocated", with: other, span: { start, end: other.span.end + 1 } };
    }
    const port = this.isSymbol(":") ? this.token(1) : undefined;
    if (port?.kind === "word") {
      this.next();
      this.next();
      return { kind: "address", host: token.text, port: port.text, span: { start, end: port.span.end } };
    }
    if (token.text === "local") return { kind: "local", span: token.span };
    return this.notALocation(token.span, `\`${token.text}\``);
  }

  private notALocation(span: Span, found: string): undefined {
    this.report("topologyLocation", span, { args: { found } });
    return undefined;
  }

  /** `Worker: min = 1, max = 3`. */
  count(): RoleCount | undefined {
    const { start } = this.span;
    const role = this.name("a role");
    if (role === undefined || !this.symbol(":")) return undefined;
    const said: { min?: number; max?: number } = {};
    do {
      const key = this.isWord("min") ? "min" : this.isWord("max") ? "max" : undefined;
      if (key === undefined) return this.fail("`min = …` or `max = …`");
      this.next();
      const number = this.symbol("=") ? this.number() : undefined;
      if (number === undefined) return undefined;
      said[key] = number;
    } while (this.eatSymbol(","));
    const { min = 0, max } = said;
    const span = { start, end: this.token(-1).span.end };
    if (max !== undefined && max < min) {
      this.report("topologyConstraint", span, { args: { reason: `at least ${min} and at most ${max}` } });
    }
    return { role, min, ...(max === undefined ? {} : { max }), span };
  }

  private number(): number | undefined {
    const { text } = this.token();
    if (!/^\d+$/.test(text)) return this.fail("a number");
    this.next();
    return Number(text);
  }

  /** `Captain -> Mate: 4096`, in bits. */
  capacity(): ChannelCapacity | undefined {
    const { start } = this.span;
    const from = this.name("the role that sends");
    const to = from !== undefined && this.symbol("->") ? this.name("the role that receives") : undefined;
    if (from === undefined || to === undefined || !this.symbol(":")) return undefined;
    const token = this.token();
    const bits = /^\d+$/.test(token.text) ? Number(token.text) : 0;
    if (bits < 1 || bits > CAPACITY_LIMIT) {
      this.report("topologyCapacity", token.span, {
        args: { limit: String(CAPACITY_LIMIT), found: this.found },
      });
      if (token.kind === "word") this.next();
      return undefined;
    }
    this.next();
    return { from, to, bits, span: { start, end: token.span.end } };
  }

  /** `separated: A, B`, `colocated: A, B`, `pinned: A -> host:1`, `region: A -> north`. */
  constraint(): PlaceConstraint | undefined {
    const { start } = this.span;
    const word = this.name("a constraint");
    if (word === undefined) return undefined;
    const kind = constraintWords.find((known) => known === word.text);
    if (kind === undefined) {
      const best = suggest(word.text, constraintWords);
      this.report("topologyConstraint", word.span, {
        args: { reason: `\`${word.text}\` is none of ${constraintWords.join(", ")}` },
        fix:
          best === undefined
            ? undefined
            : { title: `Replace by \`${best}\``, edits: [{ span: word.span, text: best }] },
      });
      return undefined;
    }
    if (!this.symbol(":")) return undefined;
    const first = this.name("a role");
    if (first === undefined) return undefined;
    if (kind === "colocated" || kind === "separated") return this.together(kind, first, start);
    if (!this.symbol("->")) return undefined;
    if (kind === "region") {
      const region = this.name("a region");
      return region && { kind, role: first, region, span: { start, end: region.span.end } };
    }
    const location = this.location();
    return location && { kind, role: first, location, span: { start, end: location.span.end } };
  }

  private together(kind: "colocated" | "separated", first: Name, start: number): PlaceConstraint | undefined {
    const roles = [first];
    while (this.eatSymbol(",")) {
      const role = this.name("a role");
      if (role === undefined) return undefined;
      roles.push(role);
    }
    const span = { start, end: roles.at(-1)?.span.end ?? start };
    if (roles.length < 2) {
      this.report("topologyConstraint", span, { args: { reason: "it names one role only" } });
      return undefined;
    }
    return { kind, roles, span };
  }
}
