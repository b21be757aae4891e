import { type Declaration, declared } from "../constructs/declaration.ts";
import type { Name } from "../constructs/name.ts";
import type { ProtocolDecl } from "../constructs/protocol/node.ts";
import { meansMany } from "../constructs/roles/check.ts";
import type { Statement } from "../constructs/statement.ts";
import type { Checker } from "./checker.ts";
import { replaceBy } from "./checker.ts";
import type { CallGraph } from "./locals.ts";
import { performers } from "./performer.ts";
import { suggest } from "./suggest.ts";
import type { Surroundings } from "./values.ts";
import { walk } from "./walk.ts";

/**
 * What statements of one role say to each other by name: operations are begun
 * before they are awaited and, in a file that declares operations, declared;
 * what is materialised is published somewhere; arms of `par` bind different
 * names; and a `case` is performed by one role, never by a family. Only names
 * are compared, so a hint may be wrong where a protocol gets an operation from
 * outside: those are warnings.
 */
export function checkOperations(c: Checker, graph: CallGraph, around: Surroundings): void {
  const { declarations } = around.file;
  const bodies = bodiesOf(c.protocol);
  const names = new OperationNames(c, around);
  for (const body of bodies) walk(body, (statement) => names.check(statement));
  let bound: Bound | undefined;
  for (const body of bodies) {
    walk(body, (statement) => {
      if (statement.kind !== "par") return;
      if (statement.arms.some((arm) => calls(arm.body))) bound ??= boundByLocals(c, graph);
      checkArms(statement.arms, bound ?? new Map(), c);
    });
  }
  checkPerformers(c, declarations, bodies);
}

const bodiesOf = (protocol: ProtocolDecl | undefined): readonly (readonly Statement[])[] =>
  protocol === undefined ? [] : [protocol.body, ...protocol.locals.map((local) => local.body)];

class OperationNames {
  private readonly c: Checker;
  private readonly declared: ReadonlySet<string>;
  private readonly whole: boolean;
  private readonly begun = new Set<string>();
  private readonly published = new Set<string>();

  constructor(c: Checker, { file, unread }: Surroundings) {
    this.c = c;
    this.whole = unread.length === 0;
    const operations = declared(file, "operation");
    this.declared = new Set(operations.map(({ name }) => name.text));
    const bodies = [...bodiesOf(file.protocol), ...operations.map(({ body }) => body)];
    for (const body of bodies) walk(body, (statement) => this.collect(statement));
  }

  private collect(node: Statement): void {
    if (node.kind === "begin") this.begun.add(node.operation.text);
    else if (node.kind === "publish") this.published.add(node.event.text);
    else if (node.kind === "publishAs") this.published.add(node.publication.text);
  }

  check(node: Statement): void {
    switch (node.kind) {
      case "begin":
      case "handoff":
        this.undeclared(node.operation);
        return;
      case "dependentWork":
        this.undeclared(node.requiredFor);
        return;
      case "await":
      case "resolve":
      case "invalidate":
        if (!this.undeclared(node.operation)) {
          this.missing("neverBegun", node.operation, this.begun);
        }
        return;
      case "materialize":
        this.missing("neverPublished", node.publication, this.published);
        return;
      default:
        return;
    }
  }

  private undeclared(name: Name): boolean {
    if (this.declared.size === 0 || this.declared.has(name.text)) return false;
    this.missing("undeclaredOperation", name, this.declared);
    return true;
  }

  private missing(
    code: "neverBegun" | "neverPublished" | "undeclaredOperation",
    name: Name,
    known: ReadonlySet<string>,
  ): void {
    if (!this.whole || known.has(name.text)) return;
    const best = this.c.full ? undefined : suggest(name.text, [...known]);
    this.c.report(code, name.span, {
      args: { name: name.text },
      hint: best === undefined ? undefined : `did you mean \`${best}\`?`,
      fix: best === undefined ? undefined : replaceBy(name.span, best),
    });
  }
}

/** The names a statement binds by itself. */
function namesBound(node: Statement): readonly Name[] {
  switch (node.kind) {
    case "let":
      return [node.name];
    case "case":
      return node.arms.flatMap((arm) => arm.binders);
    case "choice":
      return node.arms.flatMap(({ guard }) => (guard?.kind === "evidence" ? [guard.binding] : []));
    case "materialize":
      return [node.proof];
    default:
      return [];
  }
}

/** How many names an arm of `par` may bind, so that long chains of calls stay cheap. */
const boundLimit = 200;

/** Whether some call stands in a body. */
function calls(body: readonly Statement[]): boolean {
  let found = false;
  walk(body, (statement) => {
    found ||= statement.kind === "call";
  });
  return found;
}

type Bound = ReadonlyMap<string, ReadonlyMap<string, Name>>;

/** What the body of each local protocol binds, through its calls. */
function boundByLocals(c: Checker, graph: CallGraph): Bound {
  const bound = new Map<string, ReadonlyMap<string, Name>>();
  for (const name of graph.calleesFirst) {
    bound.set(name, boundIn(c.locals.get(name)?.body ?? [], bound));
  }
  return bound;
}

function boundIn(body: readonly Statement[], locals: Bound): ReadonlyMap<string, Name> {
  const found = new Map<string, Name>();
  walk(body, (statement) => {
    if (found.size > boundLimit) return;
    const inside = statement.kind === "call" ? locals.get(statement.target.text)?.values() : undefined;
    for (const name of inside ?? namesBound(statement)) {
      if (!found.has(name.text)) found.set(name.text, name);
    }
  });
  return found;
}

/** The arms of a `par` copy what is bound before them and join what they bind themselves, so nothing may be bound in two. */
function checkArms(
  arms: readonly { readonly body: readonly Statement[] }[],
  locals: Bound,
  c: Checker,
): void {
  const before = new Map<string, Name>();
  for (const arm of arms) {
    const here = boundIn(arm.body, locals);
    for (const [text, name] of here) {
      const first = before.get(text);
      if (first === undefined) continue;
      c.report("parBindsTwice", name.span, {
        args: { name: text },
        related: [{ span: first.span, message: "bound here in another arm" }],
      });
    }
    for (const [text, name] of here) if (!before.has(text)) before.set(text, name);
  }
}

/** A `case` is decided by whoever performs it: one role or one member. */
function checkPerformers(
  c: Checker,
  declarations: readonly Declaration[],
  bodies: readonly (readonly Statement[])[],
): void {
  const cases: Statement[] = [];
  for (const body of bodies) {
    walk(body, (statement) => {
      if (statement.kind === "case") cases.push(statement);
    });
  }
  if (cases.length === 0) return;
  const who = performers(c.protocol, declarations);
  for (const node of cases) {
    const ref = who.get(node);
    const role = ref === undefined ? undefined : c.roles.get(ref.name.text);
    if (ref === undefined || role === undefined || !meansMany(ref, role)) continue;
    c.report(
      "familyDecides",
      { start: node.span.start, end: node.span.start + "case".length },
      {
        args: { role: role.name.text },
        related: [{ span: ref.span, message: "performs this `case`, for it acts next" }],
      },
    );
  }
}
