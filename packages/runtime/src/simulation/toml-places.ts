/** A range of a text, in UTF-16 units. */
export interface TomlSpan {
  readonly start: number;
  readonly end: number;
}

/** Where a value of a TOML text is written. */
export interface TomlPlace {
  /** As the errors of a scenario name it: `adversaries[0].budget.total`. */
  readonly path: string;
  /** The key, or the header of a table; of an item of a list, the item. */
  readonly key: TomlSpan;
  readonly value: TomlSpan;
  readonly kind: "header" | "table" | "list" | "text" | "plain";
}

/** What can be written at an offset. */
export interface TomlContext {
  readonly at: "key" | "value";
  /** The table a key would be in, or the value's own path. */
  readonly path: string;
  /** What is written there already, up to its end. */
  readonly span: TomlSpan;
  /** Whether the value stands in quotes already. */
  readonly quoted: boolean;
}

const isBare = (char: string | undefined): boolean => char !== undefined && /[A-Za-z0-9_-]/.test(char);
const isBlank = (char: string | undefined): boolean => char === " " || char === "\t";

/** Reads a TOML text for its places; what is wrong in a line is skipped with the line. */
class Scanner {
  readonly places: TomlPlace[] = [];
  /** Where each table's own lines begin. */
  readonly sections: { readonly path: string; readonly start: number }[] = [{ path: "", start: 0 }];
  /** What follows each `=`, to the end of its value or line. */
  readonly slots: { readonly path: string; readonly start: number; readonly end: number }[] = [];
  private readonly counts = new Map<string, number>();
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  private get char(): string | undefined {
    return this.text[this.at];
  }

  private blanks(): void {
    while (isBlank(this.char)) this.at += 1;
  }

  private comment(): void {
    if (this.char === "#") this.restOfLine();
  }

  /** Blanks, comments and line ends. */
  private gaps(): void {
    for (;;) {
      this.blanks();
      this.comment();
      if (this.char !== "\n" && this.char !== "\r") return;
      this.at += 1;
    }
  }

  private restOfLine(): void {
    while (this.at < this.text.length && this.char !== "\n") this.at += 1;
  }

  private word(): string | undefined {
    const start = this.at;
    if (this.char === '"' || this.char === "'") {
      this.quoted();
      return this.text.slice(start + 1, Math.max(start + 1, this.at - 1));
    }
    while (isBare(this.char)) this.at += 1;
    return this.at === start ? undefined : this.text.slice(start, this.at);
  }

  private dotted(): readonly string[] | undefined {
    const words: string[] = [];
    for (;;) {
      this.blanks();
      const word = this.word();
      if (word === undefined) return undefined;
      words.push(word);
      this.blanks();
      if (this.char !== ".") return words;
      this.at += 1;
    }
  }

  /** A text in quotes of one or three; one of a single line ends with it. */
  private quoted(): void {
    const quote = this.char ?? "";
    const long = this.text.startsWith(quote.repeat(3), this.at);
    const end = long ? quote.repeat(3) : quote;
    this.at += end.length;
    while (this.at < this.text.length) {
      if (this.text.startsWith(end, this.at)) {
        this.at += end.length;
        return;
      }
      if (!long && this.char === "\n") return;
      this.at += this.char === "\\" && quote === '"' ? 2 : 1;
    }
  }

  /** The path of words under a table, through the last item of every list on the way. */
  private under(path: string, words: readonly string[]): string {
    return words.reduce((above, word, i) => {
      const own = above === "" ? word : `${above}.${word}`;
      const count = i < words.length - 1 ? this.counts.get(own) : undefined;
      return count === undefined ? own : `${own}[${count - 1}]`;
    }, path);
  }

  private header(): string | undefined {
    const start = this.at;
    const many = this.text.startsWith("[[", this.at);
    this.at += many ? 2 : 1;
    const words = this.dotted();
    if (words === undefined) return undefined;
    let path = this.under("", words);
    if (many) {
      const count = (this.counts.get(path) ?? 0) + 1;
      this.counts.set(path, count);
      path = `${path}[${count - 1}]`;
    }
    while (this.char === "]") this.at += 1;
    const span = { start, end: this.at };
    this.places.push({ path, key: span, value: span, kind: "header" });
    return path;
  }

  private list(path: string): void {
    this.at += 1;
    for (let index = 0; ; index += 1) {
      this.gaps();
      if (this.at >= this.text.length) return;
      if (this.char === "]") {
        this.at += 1;
        return;
      }
      const before = this.at;
      this.value(`${path}[${index}]`, undefined);
      this.gaps();
      if (this.char === ",") this.at += 1;
      else if (this.at === before) return;
    }
  }

  private inline(path: string): void {
    this.at += 1;
    for (;;) {
      this.gaps();
      if (this.at >= this.text.length) return;
      if (this.char === "}") {
        this.at += 1;
        return;
      }
      if (this.char === "[") return;
      if (!this.pair(path, true)) return;
      this.gaps();
      if (this.char === ",") this.at += 1;
    }
  }

  private plain(): void {
    while (this.at < this.text.length && !/[,\]}\n\r#]/.test(this.char ?? "")) this.at += 1;
    while (isBlank(this.text[this.at - 1])) this.at -= 1;
  }

  private value(path: string, key: TomlSpan | undefined): void {
    const start = this.at;
    let kind: TomlPlace["kind"] = "plain";
    switch (this.char) {
      case "[":
        kind = "list";
        this.list(path);
        break;
      case "{":
        kind = "table";
        this.inline(path);
        break;
      case '"':
      case "'":
        kind = "text";
        this.quoted();
        break;
      default:
        this.plain();
    }
    const span = { start, end: Math.max(start, this.at) };
    this.places.push({ path, key: key ?? span, value: span, kind });
  }

  /** `key = value`; false when there is none. */
  private pair(path: string, inline: boolean): boolean {
    const start = this.at;
    const words = this.dotted();
    if (words === undefined) return false;
    const key = { start, end: start + this.text.slice(start, this.at).trimEnd().length };
    const own = this.under(path, words);
    if (this.char !== "=") {
      this.places.push({ path: own, key, value: key, kind: "plain" });
      return inline && this.char === ",";
    }
    this.at += 1;
    const slot = this.at;
    this.blanks();
    this.value(own, key);
    this.slots.push({ path: own, start: slot, end: this.at });
    return true;
  }

  scan(): void {
    let section = "";
    for (;;) {
      this.gaps();
      if (this.at >= this.text.length) return;
      if (this.char === "[") {
        section = this.header() ?? section;
        this.restOfLine();
        this.sections.push({ path: section, start: this.at });
      } else {
        this.pair(section, false);
        this.restOfLine();
      }
    }
  }
}

/** What a TOML text says where. Never fails: what cannot be read has no place. */
export class TomlPlaces {
  private readonly text: string;
  private readonly scanner: Scanner;

  constructor(text: string) {
    this.text = text;
    this.scanner = new Scanner(text);
    this.scanner.scan();
  }

  get all(): readonly TomlPlace[] {
    return this.scanner.places;
  }

  /** The place of a path, or of the nearest table above it that is written. */
  find(path: string): { readonly place: TomlPlace; readonly exact: boolean } | undefined {
    for (let at = path; at !== ""; at = at.replace(/(\.[^.[\]]+|\[\d+\]|^[^.[\]]+)$/, "")) {
      const place = this.all.find((one) => one.path === at);
      if (place !== undefined) return { place, exact: at === path };
    }
    return undefined;
  }

  /** The innermost value around an offset. */
  private around(offset: number): TomlPlace | undefined {
    let found: TomlPlace | undefined;
    for (const place of this.all) {
      // A key without its value is still being written.
      const alone = place.value === place.key && !place.path.endsWith("]");
      if (place.kind === "header" || alone) continue;
      const { start, end } = place.value;
      const closed = /^[[{]/.test(this.text[start] ?? "") && /[\]}]/.test(this.text[end - 1] ?? "");
      const open = closed ? offset < end : offset <= end;
      if (start > offset || !open) continue;
      if (found === undefined || start >= found.value.start) found = place;
    }
    return found;
  }

  /** What may be written at an offset: a key of which table, or the value of which key. */
  context(offset: number): TomlContext {
    const inside = this.around(offset);
    if (inside?.kind === "text" || inside?.kind === "plain") {
      const { start, end } = inside.value;
      const quoted = inside.kind === "text";
      const closed = quoted && end > start + 1 && /["']/.test(this.text[end - 1] ?? "");
      const span = quoted ? { start: start + 1, end: closed ? end - 1 : end } : { start, end };
      return { at: "value", path: inside.path, span, quoted };
    }
    const here = { start: offset, end: offset };
    if (inside?.kind === "list") return { at: "value", path: `${inside.path}[0]`, span: here, quoted: false };
    const slot = this.scanner.slots.find(
      ({ start, end }) => start <= offset && offset <= Math.max(end, start),
    );
    if (slot !== undefined && inside === undefined)
      return { at: "value", path: slot.path, span: here, quoted: false };
    let start = offset;
    while (start > 0 && /[A-Za-z0-9_.[\]-]/.test(this.text[start - 1] ?? "")) start -= 1;
    let end = offset;
    while (end < this.text.length && /[A-Za-z0-9_.\]-]/.test(this.text[end] ?? "")) end += 1;
    const path = inside?.path ?? this.sectionAt(offset);
    return { at: "key", path, span: { start, end }, quoted: false };
  }

  /** The table the lines around an offset belong to. */
  private sectionAt(offset: number): string {
    return this.scanner.sections.filter(({ start }) => start <= offset).at(-1)?.path ?? "";
  }
}
