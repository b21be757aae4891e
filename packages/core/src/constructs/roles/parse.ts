import type { Parser } from "../../syntax/parser.ts";
import { T } from "../../syntax/token-kind.ts";
import type { RangeEnd, RoleDecl, RoleIndex, RoleParam, RoleRef } from "./node.ts";

/** `A, W[3], W[N], W[*]`: declarations between commas. A list that runs over lines is reported and read on. */
export function parseRoleDecls(p: Parser): RoleDecl[] {
  const roles: RoleDecl[] = [];
  do {
    if (p.kind === T.open && p.peek() === T.ident) {
      readDeeper(p, roles);
      return roles;
    }
    const role = parseRoleDecl(p);
    if (role !== undefined) roles.push(role);
    else if (p.kind === T.other) p.next();
    else return roles;
  } while (p.eat(T.comma));
  if (p.kind === T.open && p.peek() === T.comma) readDeeper(p, roles);
  return roles;
}

/** The rest of a roles list on deeper lines. */
function readDeeper(p: Parser, roles: RoleDecl[]): void {
  const outer = p.closer;
  p.report("rolesOverLines", { start: p.start, end: p.start + 1 });
  p.closer = T.close;
  p.next();
  p.eat(T.comma);
  roles.push(...parseRoleDecls(p));
  while (p.kind !== T.close && p.kind !== T.eof) p.next();
  p.eat(T.close);
  p.closer = outer;
}

function parseRoleDecl(p: Parser): RoleDecl | undefined {
  const name = p.name("a role name");
  if (name === undefined) return undefined;
  if (!p.eat(T.lbracket)) return { kind: "roleDecl", name, span: name.span };
  const param = parseParam(p);
  closeBracket(p);
  const span = p.spanFrom(name.span.start);
  return param === undefined ? { kind: "roleDecl", name, span } : { kind: "roleDecl", name, param, span };
}

function parseParam(p: Parser): RoleParam | undefined {
  const { kind, span } = p;
  const text = p.text();
  if (kind === T.int) {
    p.next();
    return { kind: "static", count: Number(text), span };
  }
  if (kind === T.ident) {
    p.next();
    return { kind: "symbolic", name: text, span };
  }
  if (p.eat(T.star)) return { kind: "runtime", span };
  return p.fail("a number, a name or `*`");
}

/** A mention of a role: `A`, `W[0]`, `W[i]`, `W[*]`, `W[0..3]`. */
export function parseRoleRef(p: Parser, expected = "a role"): RoleRef | undefined {
  const name = p.name(expected);
  if (name === undefined) return undefined;
  if (!p.eat(T.lbracket)) return { kind: "roleRef", name, span: name.span };
  const index = parseIndex(p);
  closeBracket(p);
  const span = p.spanFrom(name.span.start);
  return index === undefined ? { kind: "roleRef", name, span } : { kind: "roleRef", name, index, span };
}

/**
 * `A at`, the head of what one role decides or waits for. The words in the
 * other order are reported and read; a missing `at` is reported.
 */
export function parseRoleAt(p: Parser, expected: string): RoleRef | undefined {
  if (p.isWord("at") && p.peek() === T.open) return p.fail(expected);
  if (p.isWord("at") && p.peek() === T.ident && !p.isWord("at", 1) && sameLine(p))
    return readSwapped(p, expected);
  const role = parseRoleRef(p, expected);
  if (role === undefined || p.eatWord("at")) return role;
  const at = { start: p.lastEnd, end: p.lastEnd };
  p.fail("`at`", { fix: { title: "Insert `at`", edits: [{ span: at, text: " at" }] } });
  return role;
}

/** `at A`, as some other notations have it. */
function readSwapped(p: Parser, expected: string): RoleRef | undefined {
  const { start, span: at } = p;
  p.next();
  const role = parseRoleRef(p, expected);
  if (role === undefined) return undefined;
  p.eatWord("at");
  const right = `${p.source.slice(role.span.start, role.span.end)} at`;
  p.sink.report("expected", at, {
    args: { expected: `${expected} before \`at\``, found: "`at`" },
    fix: { title: `Write \`${right}\``, edits: [{ span: p.spanFrom(start), text: right }] },
  });
  return role;
}

const sameLine = (p: Parser): boolean => !p.source.slice(p.end, p.spanAt(1).start).includes("\n");

function parseIndex(p: Parser): RoleIndex | undefined {
  if (p.eat(T.star)) return { kind: "all" };
  const start = parseRangeEnd(p);
  if (start === undefined) return undefined;
  if (p.eat(T.dotDot)) {
    const end = parseRangeEnd(p);
    return end === undefined ? undefined : { kind: "range", start, end };
  }
  return typeof start === "number" ? { kind: "at", index: start } : { kind: "symbolic", name: start };
}

function parseRangeEnd(p: Parser): RangeEnd | undefined {
  const kind = p.kind;
  if (kind !== T.int && kind !== T.ident) return p.fail("an index: a number, a name, a range or `*`");
  const text = p.text();
  p.next();
  return kind === T.int ? Number(text) : text;
}

function closeBracket(p: Parser): void {
  if (p.eat(T.rbracket)) return;
  if (p.kind === T.eq)
    p.fail("`]`", { hint: "annotations are written before the arrow, as `{ key : value }`" });
  else p.fail("`]`");
  while (
    p.kind !== T.rbracket &&
    !p.startsLine &&
    p.kind !== T.eof &&
    p.kind !== T.open &&
    p.kind !== T.close
  )
    p.next();
  p.eat(T.rbracket);
}
