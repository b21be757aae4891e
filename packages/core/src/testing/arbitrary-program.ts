import fc from "fast-check";

/** What random programs may hold. Everything is on unless said otherwise. */
export interface ProgramOptions {
  readonly choices?: boolean;
  readonly recursion?: boolean;
  readonly par?: boolean;
  readonly calls?: boolean;
  /** Kinds of loops; `forever` only stands last. */
  readonly loops?: readonly LoopKind[];
  /** A family of three, or of a number given at open, that takes part as a whole. Off unless asked for. */
  readonly families?: boolean;
  /** Sender records, payload types, payloads and predicate guards. */
  readonly decorations?: boolean;
  /** Statements of one role: `let`, operations, publications, handoff. Off unless asked for. */
  readonly deeds?: boolean;
  /** `case`. Off unless asked for. */
  readonly cases?: boolean;
  /** `timeout`, with and without `on cancel`. Off unless asked for. */
  readonly timeouts?: boolean;
  /** An effect that `let` and `case` may ask. Off unless asked for. */
  readonly effects?: boolean;
}

/** Every construct of the language, families apart. */
export const wholeLanguage: ProgramOptions = { deeds: true, cases: true, timeouts: true, effects: true };

export type LoopKind = "repeat" | "decide" | "while" | "forever";

const allLoops: readonly LoopKind[] = ["repeat", "decide", "while", "forever"];
const family = "Crew";
const whole = `${family}[*]`;
/** An effect with one operation of each authority. */
const stock = [
  "effect Stock",
  "  authoritative reserve : Item -> Result Unit Text",
  "    { class : authoritative progress : may_block region : session agreement_use : required reentrancy : allow }",
  "  command restock : Item -> Unit",
  "    { class : best_effort progress : immediate region : fragment agreement_use : none reentrancy : allow }",
  "  observe level : Item -> Nat",
  "    { class : observational progress : immediate region : global agreement_use : forbidden reentrancy : allow }",
];
const roleNames = ["Ada", "Bob", "Cyd", "Dee"];

/**
 * Random well-formed programs as `.tell` text: `parse` and `check` find no
 * error in them, and the strict projection exists for every role, since the
 * decider of a choice tells everybody which arm was taken.
 *
 * @example fc.assert(fc.property(arbitraryProgram(), (source) => parse(source).diagnostics.length === 0));
 */
export function arbitraryProgram(options: ProgramOptions = {}): fc.Arbitrary<string> {
  return fc
    .array(fc.nat({ max: 9_999 }), { minLength: 1, maxLength: 80 })
    .map((entropy) => new ProgramBuilder(entropy, options).build());
}

interface Place {
  readonly depth: number;
  /** Directed pairs allowed here; arms of `par` must not share one. */
  readonly pairs: readonly (readonly [string, string])[];
  readonly calls: readonly string[];
}

/** Turns a list of numbers into a program; when they run out, every draw is 0 and the program ends. */
class ProgramBuilder {
  private readonly entropy: readonly number[];
  private readonly options: ProgramOptions;
  private readonly loops: readonly LoopKind[];
  private at = 0;
  private names = 0;
  private lines: string[] = [];
  private roles: readonly string[] = [];

  constructor(entropy: readonly number[], options: ProgramOptions) {
    this.entropy = entropy;
    this.options = options;
    this.loops = options.loops ?? allLoops;
  }

  build(): string {
    const plain = roleNames.slice(0, 2 + this.draw(3));
    this.roles = this.options.families === true ? [...plain, whole] : plain;
    const crew = this.options.families === true ? [`${family}[${this.draw(2) === 0 ? "3" : "N"}]`] : [];
    const pairs = this.roles.flatMap((a) => this.roles.filter((b) => a !== b).map((b) => [a, b] as const));
    const locals = (this.options.calls ?? true) ? ["Opening", "Closing"].slice(0, this.draw(3)) : [];
    const place: Place = { depth: 0, pairs, calls: locals };
    // Annotations need a namespace to be admitted under.
    const named = this.draw(3) === 1 || this.options.decorations !== false;
    if (named) this.lines.push("module random exposing (Random)", "");
    const uses = this.options.effects === true ? " uses Stock" : "";
    if (this.options.effects === true) this.lines.push(...stock, "");
    this.lines.push(`protocol Random${uses} =`, `  roles ${[...plain, ...crew].join(", ")}`);
    // Everybody takes part, so no role is unused.
    for (const [i, role] of this.roles.entries()) {
      const to = this.roles[(i + 1) % this.roles.length] ?? role;
      this.lines.push(`  ${role} -> ${to} : ${this.fresh("Hello")}`);
    }
    for (const local of locals) this.lines.push(`  call ${local}`);
    this.body(place, "  ", true);
    if (locals.length > 0) this.lines.push("where");
    for (const local of locals) {
      this.lines.push(`  protocol ${local} =`);
      this.body({ ...place, depth: 2, calls: [] }, "    ", false);
    }
    return `${this.lines.join("\n")}\n`;
  }

  private draw(bound: number): number {
    const value = this.entropy[this.at++];
    return value === undefined ? 0 : value % bound;
  }

  private fresh(stem: string): string {
    return `${stem}${this.names++}`;
  }

  private pick<X>(from: readonly X[], fallback: X): X {
    return from[this.draw(from.length)] ?? fallback;
  }

  /** At least one statement; `last` allows constructs that do not come to an end. */
  private body(place: Place, indent: string, last: boolean): void {
    const count = 1 + this.draw(4);
    for (let i = 0; i < count; i++) {
      if (this.statement(place, indent, last && i === count - 1)) return;
    }
  }

  /** Writes one statement; says whether control cannot pass it. */
  private statement(place: Place, indent: string, last: boolean): boolean {
    const { options } = this;
    const nested = place.depth < 3;
    if (this.extra(place, indent)) return false;
    switch (this.draw(9)) {
      case 1:
      case 2:
        if (!nested || options.choices === false) break;
        return this.choice(place, indent, last);
      case 3:
        if (!nested || options.recursion === false || options.choices === false) break;
        return this.rec(place, indent);
      case 4:
        if (!nested || options.par === false || place.pairs.length < 2) break;
        this.par(place, indent);
        return false;
      case 5:
        if (!nested || this.loops.length === 0) break;
        return this.loop(place, indent, last);
      case 6:
        if (place.calls.length === 0) break;
        this.lines.push(`${indent}call ${this.pick(place.calls, "Opening")}`);
        return false;
      default:
        break;
    }
    this.send(place, indent);
    return false;
  }

  /** The statements that are off unless asked for; says whether one was written. */
  private extra(place: Place, indent: string): boolean {
    const { deeds, cases, timeouts } = this.options;
    if (deeds !== true && cases !== true && timeouts !== true) return false;
    const kind = this.draw(6);
    if (kind === 1 && deeds === true) this.deed(place, indent);
    else if (kind === 2 && cases === true && place.depth < 3) this.tellAll(place, indent, "case");
    else if (kind === 3 && timeouts === true && place.depth < 3) this.tellAll(place, indent, "timeout");
    else return false;
    return true;
  }

  private single(): string {
    return this.pick(
      this.roles.filter((role) => role !== whole),
      "Ada",
    );
  }

  /** What one role does by itself; whatever must be used up is so at once. */
  private deed(place: Place, indent: string): void {
    const name = this.fresh("x");
    const role = this.single();
    const other = this.roles.find((r) => r !== role && r !== whole) ?? role;
    if (this.draw(5) === 4) {
      this.lines.push(`${indent}let ${name} = card.pin in`);
      this.send(place, `${indent}  `);
      return;
    }
    const plain = [
      [`let ${name} = card.pin`],
      [`let ${name} at ${role} = Just(card.pin)`],
      [`publish Edition${name}(front.page)`],
      [`publish ${name} as Page${name}`, `materialize proof${name} from Page${name}`],
      [`begin Op${name}(copy, "two words", 3) progress Steady within short`, `await Op${name}`],
      [`begin Op${name}`, `resolve Op${name} as Success(sheet)`],
      [`begin Op${name} progress Steady`, `invalidate Op${name}`],
      [`let ${name} = transfer sale from ${role} to ${other}`, `handoff sale to ${other} with ${name}`],
      [`dependent work Bind${name}(sheets) required for delivery`],
    ];
    const asked = [
      [`authoritative let ${name} at ${role} = check Stock.reserve(item)`],
      [`observe let ${name} at ${role} = observe Stock.level(item)`],
      [`let ${name} at ${role} = check Stock.restock(item, Stock.level(item))`],
    ];
    const deeds = this.options.effects === true ? [...plain, ...asked] : plain;
    for (const line of this.pick(deeds, [`publish Edition${name}`])) this.lines.push(indent + line);
  }

  /** A `case` or `timeout` whose every way on opens with one role telling everybody. */
  private tellAll(place: Place, indent: string, kind: "case" | "timeout", again?: string): void {
    if (place.pairs.length < this.roles.length * (this.roles.length - 1)) {
      this.send(place, indent);
      return;
    }
    const teller = this.single();
    const inner: Place = { ...place, depth: place.depth + 1 };
    const way = (head: string, deeper: string): void => {
      this.lines.push(indent + head);
      for (const role of this.roles) {
        if (role !== teller) this.lines.push(`${indent}${deeper}${teller} -> ${role} : ${this.fresh("T")}`);
      }
      if (this.draw(2) === 1) this.body(inner, indent + deeper, false);
    };
    if (kind === "case") {
      const subject = this.options.effects === true ? "check Stock.reserve(item)" : "card.state";
      this.lines.push(`${indent}case ${subject} of`);
      const result = ["Ok(x)", "Err(why)"];
      for (const head of this.pick([result, ["Just(x)", "Nothing"]], result)) way(`  | ${head} =>`, "    ");
      return;
    }
    way(`timeout ${this.pick(["250ms", "5s", "2m", "1h"], "5s")} ${teller} at`, "  ");
    way("on timeout =>", "  ");
    if (again !== undefined) this.lines.push(`${indent}  continue ${again}`);
    if (this.draw(2) === 1) way("on cancel =>", "  ");
  }

  private send(place: Place, indent: string): void {
    const [from, to] = this.pick(place.pairs, ["Ada", "Bob"] as const);
    this.lines.push(`${indent}${from}${this.record()} -> ${to} : ${this.fresh("M")}${this.payload()}`);
  }

  private record(): string {
    if (this.options.decorations === false || this.draw(4) !== 1) return "";
    const entries = [
      'guard_capability : "chat:send"',
      `flow_cost : ${this.draw(100)}`,
      'journal_facts : "told"',
      "leak : (External, Neighbor)",
      "parallel : true",
    ];
    return ` { ${entries.slice(0, 1 + this.draw(entries.length)).join(", ")} }`;
  }

  private payload(): string {
    if (this.options.decorations === false) return "";
    return this.pick(["", "", " of Nat", " of shop.Order<Item>", "(item)", " {a, b}"], "");
  }

  /** Arms open with the decider's message; then the decider tells everybody else. */
  private choice(place: Place, indent: string, last: boolean, again?: string): boolean {
    // All must be told, which an arm of `par` has no pairs for.
    if (place.pairs.length < this.roles.length * (this.roles.length - 1)) {
      this.send(place, indent);
      return false;
    }
    const decider = this.pick(
      this.roles.filter((role) => role !== whole),
      "Ada",
    );
    const others = this.roles.filter((role) => role !== decider);
    this.lines.push(`${indent}choice ${decider} at`);
    const arms = 2 + this.draw(2);
    let falls = false;
    for (let arm = 0; arm < arms; arm++) {
      const label = this.fresh("L");
      const guard =
        this.options.decorations !== false && this.draw(6) === 1 ? " when (stock > 0 && open)" : "";
      this.lines.push(`${indent}  | ${label}${guard} =>`);
      const inner = `${indent}    `;
      const told = this.draw(2) === 0 ? label : this.fresh("T");
      for (const other of others) this.lines.push(`${inner}${decider} -> ${other} : ${told}`);
      if (again !== undefined && arm === 0) this.lines.push(`${inner}continue ${again}`);
      else if (this.draw(2) === 1) {
        const before = this.lines.length;
        this.body({ ...place, depth: place.depth + 1 }, inner, false);
        falls ||= this.lines.length > before;
      } else falls = true;
    }
    return !falls && last;
  }

  private rec(place: Place, indent: string): boolean {
    if (place.pairs.length < this.roles.length * (this.roles.length - 1)) {
      this.send(place, indent);
      return false;
    }
    const label = this.fresh("Lap");
    this.lines.push(`${indent}rec ${label}`);
    const inner: Place = { ...place, depth: place.depth + 1 };
    for (let i = this.draw(3); i > 0; i--) this.send(inner, `${indent}  `);
    if (this.options.timeouts === true && this.draw(3) === 1) {
      this.tellAll(inner, `${indent}  `, "timeout", label);
      return false;
    }
    this.choice(inner, `${indent}  `, false, label);
    return false;
  }

  /** Two arms over disjoint directed pairs. */
  private par(place: Place, indent: string): void {
    const half = 1 + this.draw(place.pairs.length - 1);
    this.lines.push(`${indent}par`);
    for (const pairs of [place.pairs.slice(0, half), place.pairs.slice(half)]) {
      this.lines.push(`${indent}  |`);
      const inner: Place = { depth: 9, pairs, calls: [] };
      for (let i = 1 + this.draw(3); i > 0; i--) {
        if (this.options.deeds === true && this.draw(4) === 1) this.deed(inner, `${indent}    `);
        this.send(inner, `${indent}    `);
      }
    }
  }

  private loop(place: Place, indent: string, last: boolean): boolean {
    const kind = this.pick(this.loops, "repeat");
    const inner: Place = { ...place, depth: place.depth + 1 };
    const deeper = `${indent}  `;
    if (kind === "forever" && !last) {
      this.send(place, indent);
      return false;
    }
    const [by] = this.pick(
      place.pairs.filter(([from]) => from !== whole),
      ["Ada", "Bob"] as const,
    );
    const heads: Record<LoopKind, string> = {
      repeat: `repeat ${this.draw(4)}`,
      decide: `decide by ${by}`,
      while: 'while "stock > 0"',
      forever: "forever",
    };
    this.lines.push(`${indent}loop ${heads[kind]}`);
    this.send({ ...inner, pairs: this.loopOpeners(kind, by, place) }, deeper);
    if (this.draw(2) === 1) this.body(inner, deeper, false);
    return kind === "forever";
  }

  /**
   * Who may send the first message of a loop. The first sender decides a
   * `while`, so it is no family. When the decider of a `decide` opens the
   * round, only the receiver learns of the end, which leaves third roles in
   * the dark; when another role opens it, control frames tell everybody.
   */
  private loopOpeners(kind: LoopKind, by: string, place: Place): Place["pairs"] {
    if (kind === "while") return place.pairs.filter(([from]) => from === by);
    if (kind !== "decide") return place.pairs;
    return place.pairs.filter(([from]) => (from === by) === (this.roles.length === 2));
  }
}
