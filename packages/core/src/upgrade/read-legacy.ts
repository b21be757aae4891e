import type { Span } from "../text/span.ts";
import { LegacyCursor, LegacyStop } from "./legacy-cursor.ts";
import type { LegacyProtocol } from "./legacy-tree.ts";
import { readBody } from "./read-body.ts";
import { readRole } from "./read-message.ts";

/** A protocol of the macro form, or where it could not be read and what was expected there. */
export type LegacyRead =
  | { readonly ok: true; readonly protocol: LegacyProtocol }
  | { readonly ok: false; readonly at: Span; readonly expected: string };

/**
 * Reads the form the guide prints: `tell! { #[namespace = "x"] protocol P {
 * roles: A, B; A[flow_cost = 50] -> B: M(T); } }`, with `choreography!`
 * likewise, or the protocol alone. Never throws.
 */
export function readLegacy(source: string): LegacyRead {
  const c = new LegacyCursor(source);
  try {
    return { ok: true, protocol: new LegacyFileReader(c).run() };
  } catch (cause) {
    if (!(cause instanceof LegacyStop)) throw cause;
    return { ok: false, at: cause.at.span, expected: cause.expected };
  }
}

class LegacyFileReader {
  private readonly c: LegacyCursor;
  private readonly lead: string[] = [];
  private namespace: string | undefined;

  constructor(c: LegacyCursor) {
    this.c = c;
  }

  run(): LegacyProtocol {
    const { c } = this;
    const closer = this.preamble();
    const protocol = this.protocol();
    if (closer !== undefined) {
      this.takeLead();
      if (c.token.kind !== "end") c.expect(closer);
      c.eat(";");
    }
    this.takeLead();
    if (c.token.kind !== "end") c.stop("the end of the text: one protocol stands in a file");
    return {
      ...protocol,
      lead: this.lead,
      ...(this.namespace === undefined ? {} : { namespace: this.namespace }),
    };
  }

  private takeLead(): void {
    for (const item of this.c.takeComments()) if (item.kind === "comment") this.lead.push(item.text);
  }

  /** `use …;` lines, attributes and the macro's head. Gives what closes the macro. */
  private preamble(): string | undefined {
    const { c } = this;
    let closer: string | undefined;
    for (;;) {
      this.takeLead();
      if (c.is("#")) this.attribute();
      else if (c.is("module")) this.module();
      else if (c.is("use") || c.is("pub") || c.is("mod")) this.skipHostLine();
      else if (c.is("tell") || c.is("choreography")) closer = this.macro();
      else if (c.is("protocol")) return closer;
      else c.stop("`protocol`");
    }
  }

  /** `module m exposing (P)` names the namespace in the language's own way. */
  private module(): void {
    const { c } = this;
    c.next();
    this.namespace = c.word("the name of the module");
    if (c.eat("exposing")) c.bracketed();
    c.eat(";");
  }

  private macro(): string {
    const { c } = this;
    c.next();
    c.expect("!");
    const closer = c.is("{") ? "}" : c.is("(") ? ")" : c.is("[") ? "]" : c.stop("`{`");
    c.next();
    return closer;
  }

  private skipHostLine(): void {
    while (this.c.token.kind !== "end" && !this.c.eat(";")) this.c.next();
  }

  /** `#[namespace = "x"]`; any other attribute is kept as a comment. */
  private attribute(): void {
    const { c } = this;
    c.next();
    c.eat("!");
    if (!c.is("[")) c.stop("`[`");
    const text = c.bracketed();
    const namespace = /^namespace\s*=\s*"([^"]*)"$/.exec(text)?.[1];
    if (namespace === undefined) this.lead.push(`#[${text}]`);
    else this.namespace = namespace;
  }

  private protocol(): Omit<LegacyProtocol, "lead" | "namespace"> {
    const { c } = this;
    c.expect("protocol");
    const name = c.word("the name of the protocol");
    const roles = c.eat("(") ? this.roles(")") : [];
    c.eat(")");
    const requires = c.eat("requires") ? this.names() : [];
    c.eat("=");
    c.expect("{");
    if (c.is("roles")) {
      c.next();
      if (!c.eat(":")) c.eat("=");
      roles.push(...this.roles(";"));
      c.eat(";");
    }
    const body = readBody(c);
    const locals = this.locals();
    c.expect("}");
    return { name, requires, roles, body: [...body, ...c.takeComments()], locals };
  }

  private names(): string[] {
    const names = [this.c.word("a name")];
    while (this.c.eat(",")) names.push(this.c.word("a name"));
    return names;
  }

  private roles(closer: string): string[] {
    const roles = [readRole(this.c)];
    while (this.c.eat(",") && !this.c.is(closer)) roles.push(readRole(this.c));
    return roles;
  }

  /** `where { protocol Settle { … } }`, or such protocols at the end of the body. */
  private locals(): LegacyProtocol["locals"] {
    const { c } = this;
    const locals: { name: string; body: ReturnType<typeof readBody> }[] = [];
    const braces = c.eat("where") && c.eat("{");
    while (c.eat("protocol")) {
      const name = c.word("the name of the protocol");
      c.eat("=");
      c.expect("{");
      locals.push({ name, body: readBody(c) });
      c.expect("}");
    }
    if (braces) c.expect("}");
    return locals;
  }
}
