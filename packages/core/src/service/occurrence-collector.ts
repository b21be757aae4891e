import type { Import } from "../constructs/import/node.ts";
import { EVERYTHING } from "../constructs/import/parse.ts";
import type { Name } from "../constructs/name.ts";
import type { SourceFile } from "../constructs/protocol/node.ts";
import type { RoleRef } from "../constructs/roles/node.ts";
import { T } from "../syntax/token-kind.ts";
import type { TokenList } from "../syntax/token-list.ts";
import type { Span } from "../text/span.ts";
import { type Occurrence, type SymbolKind, symbolKey } from "./occurrence.ts";
import { headsIn, wordsIn } from "./token-words.ts";

/** Names in force at a place: bound values or rec labels, innermost first. */
export interface Scoped {
  readonly name: string;
  readonly scope: string;
  readonly outer: Scoped | undefined;
}

export const find = (env: Scoped | undefined, name: string): Scoped | undefined => {
  for (let at = env; at !== undefined; at = at.outer) if (at.name === name) return at;
  return undefined;
};

/** Types every file knows; they are no symbols. */
export const builtinTypes: ReadonlySet<string> = new Set([
  "Unit",
  "Nat",
  "Bool",
  "String",
  "Result",
  "Maybe",
]);
export const builtinConstructors: ReadonlySet<string> = new Set(["Ok", "Err", "Just", "Nothing"]);
const notNames: ReadonlySet<string> = new Set(["when", "check", "observe", "yields", "true", "false"]);

/** Kinds whose first mention counts as the definition when nothing declares the name. */
const implicit: ReadonlySet<SymbolKind> = new Set([
  "message",
  "event",
  "contract",
  "work",
  "capability",
  "publication",
  "operation",
  "binding",
  "parameter",
  "constructor",
]);

/** Kinds that can come from another module. */
export const importable: readonly SymbolKind[] = [
  "type",
  "effect",
  "operation",
  "bundle",
  "executionProfile",
  "agreementProfile",
  "roleSet",
  "topology",
  "fragment",
  "guestRuntime",
  "protocol",
  "localProtocol",
  "constructor",
];

/** Gathers the mentions of one file; the walks over statements and declarations feed it. */
export class OccurrenceCollector {
  readonly tokens: TokenList;
  /** Kinds declared in the file, by name. */
  readonly declared = new Map<string, SymbolKind[]>();
  private readonly found: Occurrence[] = [];
  /** Module by alias, or by its own name. */
  private readonly qualifiers = new Map<string, { readonly module: string; readonly kind: SymbolKind }>();
  private readonly exposed = new Map<string, string[]>();
  /** Modules taken over whole, by `exposing (..)`. */
  private readonly whole: string[] = [];

  constructor(file: SourceFile, tokens: TokenList) {
    this.tokens = tokens;
    for (const { module, alias, exposing } of file.imports) {
      this.qualifiers.set(module.text, { module: module.text, kind: "module" });
      if (alias !== undefined) this.qualifiers.set(alias.text, { module: module.text, kind: "alias" });
      for (const { text } of exposing ?? []) {
        if (text === EVERYTHING) this.whole.push(module.text);
        else this.exposed.set(text, [...(this.exposed.get(text) ?? []), module.text]);
      }
    }
  }

  declare(kind: SymbolKind, name: string): void {
    const kinds = this.declared.get(name);
    if (kinds === undefined) this.declared.set(name, [kind]);
    else kinds.push(kind);
  }

  isDeclared(kind: SymbolKind, name: string): boolean {
    return this.declared.get(name)?.includes(kind) === true;
  }

  define(kind: SymbolKind, name: Name, scope = ""): void {
    this.put({ kind, name: name.text, span: name.span, role: "definition", scope });
  }

  refer(kind: SymbolKind, name: Name, scope = ""): void {
    this.put({ kind, name: name.text, span: name.span, role: "reference", scope });
  }

  private put(occurrence: Occurrence): void {
    if (occurrence.name !== "" && occurrence.span.end > occurrence.span.start) this.found.push(occurrence);
  }

  import({ module, alias, exposing }: Import): void {
    this.refer("module", module);
    if (alias !== undefined) this.define("alias", alias);
    for (const { text, span } of exposing ?? []) {
      if (text === EVERYTHING) continue;
      this.put({ kind: "exposed", name: text, span, role: "reference", scope: "", from: [module.text] });
    }
  }

  /** A role with the names in its index. */
  role(ref: RoleRef): void {
    this.refer("role", ref.name);
    for (const word of wordsIn(this.tokens, { start: ref.name.span.end, end: ref.span.end })) {
      this.refer("parameter", word);
    }
  }

  /** A member of a role set or a topology. */
  member(name: Name): void {
    const set = !this.isDeclared("role", name.text) && this.isDeclared("roleSet", name.text);
    this.refer(set ? "roleSet" : "role", name);
  }

  /** The types named in a stretch of text; words that are bound names there are mentions of those. */
  types(span: Span, env?: Scoped): void {
    const words = wordsIn(this.tokens, span);
    for (const [at, word] of words.entries()) {
      if (word.after === T.colon) continue;
      const bound = word.before === T.dot ? undefined : find(env, word.text);
      if (bound !== undefined) this.refer("binding", word, bound.scope);
      else if (word.after === T.dot) this.qualifier(word);
      else if (!builtinTypes.has(word.text)) {
        const before = word.before === T.dot ? words[at - 1] : undefined;
        this.refer("type", word, "");
        const module = before === undefined ? undefined : this.qualifiers.get(before.text)?.module;
        if (module !== undefined) this.mark(module);
      }
    }
  }

  private qualifier(word: Name): void {
    const known = this.qualifiers.get(word.text);
    if (known !== undefined) this.refer(known.kind, word);
  }

  /** Says where the last mention comes from. */
  private mark(from: string): void {
    const last = this.found.pop();
    if (last !== undefined) this.found.push({ ...last, from: [from] });
  }

  /** The values named in an argument, a guard or an expression kept as text. */
  values(span: Span, env: Scoped | undefined): void {
    const words = headsIn(this.tokens, span);
    for (const word of words) {
      if (notNames.has(word.text) || builtinConstructors.has(word.text)) continue;
      const bound = find(env, word.text);
      if (bound !== undefined) this.refer("binding", word, bound.scope);
      else if (word.after === T.dot && this.isDeclared("effect", word.text)) this.effectCall(word, span);
      else if (this.isDeclared("constructor", word.text)) this.refer("constructor", word);
      else this.refer("binding", word);
    }
  }

  private effectCall(effect: Name, span: Span): void {
    this.refer("effect", effect);
    const [operation] = wordsIn(this.tokens, { start: effect.span.end, end: span.end });
    if (operation?.before === T.dot) this.refer("effectOperation", operation, effect.text);
  }

  /** The modules a name that the file does not declare may come from. */
  private origin({ kind, scope, name }: Occurrence): readonly string[] | undefined {
    if (kind !== "effectOperation" && !importable.includes(kind)) return undefined;
    const asked = this.exposed.get(kind === "effectOperation" ? scope : name);
    if (asked !== undefined || this.whole.length === 0 || implicit.has(kind)) return asked;
    return this.whole;
  }

  /** Every mention, in order of place. */
  finish(): readonly Occurrence[] {
    const defined = new Set<string>();
    for (const one of this.found) if (one.role === "definition") defined.add(symbolKey(one));
    const sorted = this.found.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
    return sorted.map((one) => {
      if (one.role === "definition" || one.kind === "exposed" || one.from !== undefined) return one;
      const key = symbolKey(one);
      if (defined.has(key)) return one;
      const from = this.origin(one);
      if (from !== undefined) return { ...one, from };
      if (!implicit.has(one.kind)) return one;
      defined.add(key);
      return { ...one, role: "definition" };
    });
  }
}
