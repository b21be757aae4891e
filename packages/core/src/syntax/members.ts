import type { Name } from "../constructs/name.ts";
import type { Parser } from "./parser.ts";
import { T } from "./token-kind.ts";

/** Passes over the rest of a construct that cannot be read: its line and the block under it. */
export function abandon(p: Parser): undefined {
  if (!p.startsLine && p.kind !== T.eof) p.skipLine();
  p.skipBlock();
  return undefined;
}

/**
 * A name inside a declaration. A line that starts with two words starts the
 * next declaration, so a name that lacks at the end of a line is not taken
 * from there.
 */
export function declaredName(p: Parser, expected: string): Name | undefined {
  return p.startsLine && p.kind === T.ident && p.peek() === T.ident ? p.fail(expected) : p.name(expected);
}

/** Names between commas, at least one, none of them the first word of the next declaration. */
export function declaredNames(p: Parser, expected: string): Name[] {
  const names: Name[] = [];
  do {
    const name = declaredName(p, expected);
    if (name === undefined) break;
    names.push(name);
  } while (p.eat(T.comma));
  return names;
}

/**
 * Members of a declaration: beside its name, on deeper lines, or in braces.
 * `read` passes one and answers whether it could; what no member starts with
 * is reported once as not being `expected`, and passed over.
 */
export function parseMembers(p: Parser, expected: string, read: () => boolean): void {
  if (p.kind !== T.open && p.kind !== T.lbrace) {
    let any = false;
    // A member that broke off at once has passed nothing, and would do so for ever.
    for (let before = p.pos; read() && p.pos > before; before = p.pos) any = true;
    if (!any || p.kind !== T.open) return;
    p.report("unexpectedIndent", p.span);
  }
  const closer = p.kind === T.open ? T.close : T.rbrace;
  const outer = p.closer;
  p.closer = closer;
  p.next();
  let reported = false;
  while (p.kind !== closer && p.kind !== T.eof) {
    const before = p.pos;
    if (read() && p.pos > before) continue;
    if (!reported) p.fail(expected);
    reported = true;
    p.skipConstruct();
    if (p.pos === before) p.next();
  }
  p.eat(closer);
  p.closer = outer;
}

/**
 * The `=` that ends the head of a declaration. A head that runs over lines is
 * reported and read on; the answer says how many blocks that opened, for
 * `leaveHead`. Without `=` at all the answer is `undefined`.
 */
export function endHead(p: Parser, what: string): number | undefined {
  const below = p.kind === T.open && p.peek() === T.eq;
  if (below) p.next();
  if (p.kind !== T.eq) return p.fail("`=`");
  if (p.startsLine) p.report("headOverLines", p.span, { args: { what } });
  p.next();
  return below ? 1 : 0;
}

/** Leaves the blocks that a head over several lines opened. */
export function leaveHead(p: Parser, blocks: number): void {
  for (let left = blocks; left > 0; left--) {
    while (p.kind !== T.close && p.kind !== T.eof) p.next();
    p.eat(T.close);
  }
}

/** The fields that were given, in the order of the table: two texts that say the same give the same tree. */
export function inOrder<K extends string>(
  table: readonly { readonly key: K }[],
  found: { readonly [P in K]?: Name },
): { [P in K]?: Name } {
  const fields: { [P in K]?: Name } = {};
  for (const { key } of table) {
    const value = found[key];
    if (value !== undefined) fields[key] = value;
  }
  return fields;
}
