import type { Guard } from "../constructs/choice/node.ts";
import { type Declaration, declared } from "../constructs/declaration.ts";
import type { EffectDecl, EffectOperation } from "../constructs/effect/node.ts";
import type { Expression } from "../constructs/expression/node.ts";
import type { Let } from "../constructs/let/node.ts";
import type { Name } from "../constructs/name.ts";
import type { Statement } from "../constructs/statement.ts";
import type { Fix } from "../diagnostics/diagnostic.ts";
import type { Span } from "../text/span.ts";
import type { Checker } from "./checker.ts";
import { replaceBy } from "./checker.ts";
import { suggest } from "./suggest.ts";
import { walk } from "./walk.ts";

type Asked = Extract<Expression, { readonly kind: "check" | "observe" }>;
/** What a `check`, an `observe` and a guard have in common. */
type Invocation = Pick<Asked, "effect" | "operation">;

/**
 * Every effect invocation of the protocol against its `uses` clause and the
 * declared effects (language chapter §13.4): interface and operation exist,
 * `check` and `observe` fit the operation, and so does the mode of the `let`.
 */
export function checkEffects(c: Checker, declarations: readonly Declaration[]): void {
  const effects = new Effects(c, declarations);
  const visit = (body: readonly Statement[]): void => walk(body, (statement) => effects.statement(statement));
  visit(c.protocol.body);
  for (const local of c.protocol.locals) visit(local.body);
}

class Effects {
  private readonly c: Checker;
  private readonly used: ReadonlySet<string>;
  private readonly effects = new Map<string, EffectDecl>();

  constructor(c: Checker, declarations: readonly Declaration[]) {
    this.c = c;
    this.used = new Set(c.protocol.uses.map((name) => name.text));
    for (const effect of declared({ declarations }, "effect")) {
      if (!this.effects.has(effect.name.text)) this.effects.set(effect.name.text, effect);
    }
  }

  statement(node: Statement): void {
    if (node.kind === "let") this.bound(node);
    else if (node.kind === "case") this.scrutinee(node.subject);
    else if (node.kind === "choice") for (const { guard } of node.arms) this.guard(guard);
  }

  private bound(node: Let): void {
    const { value } = node;
    if (value.kind !== "check" && value.kind !== "observe") return;
    const operation = this.find(value);
    if (operation === undefined) return;
    const args = { call: callText(value) };
    const fit = modeFor(operation);
    // A mode that cannot hold the expression at all was reported while reading.
    const holds = node.mode === "plain" || (node.mode === "observe") === (value.kind === "observe");
    if (!holds || !this.word(value, operation, rebind(node, value, operation)) || node.mode === fit) return;
    const code =
      node.mode === "authoritative"
        ? "onlyAuthoritative"
        : value.kind === "check"
          ? "needsAuthoritativeLet"
          : "needsObserveLet";
    this.c.report(code, value.span, { args, fix: rebind(node, value, operation) });
  }

  private scrutinee(value: Expression): void {
    if (value.kind !== "check" && value.kind !== "observe") return;
    const operation = this.find(value);
    if (operation === undefined) return;
    const word = { start: value.span.start, end: value.span.start + value.kind.length };
    const right = operation.authority === "observe" ? "observe" : "check";
    this.word(value, operation, replaceBy(word, right));
  }

  private guard(guard: Guard | undefined): void {
    if (guard?.kind !== "evidence") return;
    const operation = this.find(guard);
    if (operation?.authority !== "observe") return;
    this.c.report("guardObservational", this.spanOf(guard), {
      args: { call: callText(guard) },
      related: [{ span: operation.name.span, message: "declared as `observe`" }],
    });
  }

  /** Whether `check` or `observe` fits the operation. */
  private word(value: Asked, operation: EffectOperation, fix: Fix): boolean {
    const observational = operation.authority === "observe";
    if (observational === (value.kind === "observe")) return true;
    this.c.report(observational ? "checkObservational" : "observeNotObservational", value.span, {
      args: { call: callText(value) },
      related: [{ span: operation.name.span, message: `declared as \`${operation.authority}\`` }],
      fix,
    });
    return false;
  }

  private find(value: Invocation): EffectOperation | undefined {
    const { effect, operation } = value;
    const declaration = this.effects.get(effect.text);
    if (!this.used.has(effect.text)) {
      this.notUsed(value, declaration);
      return undefined;
    }
    // An undeclared effect is reported at the `uses` clause.
    if (declaration === undefined) return undefined;
    const found = declaration.operations.find(({ name }) => name.text === operation.text);
    if (found !== undefined) return found;
    const known = declaration.operations.map(({ name }) => name.text);
    const best = this.c.full ? undefined : suggest(operation.text, known);
    this.c.report("effectUnknownOperation", operation.span, {
      args: { call: callText(value), effect: effect.text },
      hint: best === undefined ? undefined : `did you mean \`${best}\`?`,
      fix: best === undefined ? undefined : replaceBy(operation.span, best),
      related: [{ span: declaration.name.span, message: "the effect is declared here" }],
    });
    return undefined;
  }

  private notUsed(value: Invocation, declaration: EffectDecl | undefined): void {
    const { effect } = value;
    const best =
      declaration !== undefined || this.c.full
        ? undefined
        : suggest(
            effect.text,
            [...this.used].filter((name) => this.effects.has(name)),
          );
    this.c.report("effectNotUsed", this.spanOf(value), {
      args: { call: callText(value), effect: effect.text },
      hint: best === undefined ? undefined : `did you mean \`${best}\`?`,
      fix:
        declaration !== undefined
          ? addUses(this.c, effect)
          : best === undefined
            ? undefined
            : replaceBy(effect.span, best),
    });
  }

  private spanOf({ effect, operation }: Invocation): Span {
    return { start: effect.span.start, end: operation.span.end };
  }
}

const callText = ({ effect, operation }: Invocation): string => `${effect.text}.${operation.text}`;

const modeFor = (operation: EffectOperation): Let["mode"] =>
  operation.authority === "command" ? "plain" : operation.authority;

const modeWords: Record<Let["mode"], string> = {
  plain: "let ",
  authoritative: "authoritative let ",
  observe: "observe let ",
};

/** The `let` with the mode and the word that fit the operation. */
function rebind(node: Let, value: Asked, operation: EffectOperation): Fix {
  const mode = modeFor(operation);
  const word = mode === "observe" ? "observe" : "check";
  const edits = [{ span: { start: node.span.start, end: node.name.span.start }, text: modeWords[mode] }];
  if (value.kind !== word) {
    const at = { start: value.span.start, end: value.span.start + value.kind.length };
    edits.push({ span: at, text: word });
  }
  return { title: `Bind with \`${modeWords[mode].trim()}\` and \`${word}\``, edits };
}

/** Adds an effect to the `uses` clause, or the clause after the clauses that come before it. */
function addUses(c: Checker, effect: Name): Fix | undefined {
  const { uses, requires, name, rolesFrom } = c.protocol;
  const last = uses.at(-1) ?? requires.at(-1) ?? (rolesFrom === "header" ? undefined : name);
  if (last === undefined) return undefined;
  const text = uses.length > 0 ? `, ${effect.text}` : ` uses ${effect.text}`;
  const at = { start: last.span.end, end: last.span.end };
  return { title: `Add \`uses ${effect.text}\` to the protocol`, edits: [{ span: at, text }] };
}
