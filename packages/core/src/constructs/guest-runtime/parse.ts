import {
  abandon,
  declaredName,
  declaredNames,
  endHead,
  leaveHead,
  parseMembers,
} from "../../syntax/members.ts";
import type { Parser } from "../../syntax/parser.ts";
import { T } from "../../syntax/token-kind.ts";
import type { Name } from "../name.ts";
import type { GuestRuntime } from "./node.ts";

/** `guest runtime Desk = uses Stock, Log entry Main`; the cursor stands at `guest`. */
export function parseGuestRuntime(p: Parser): GuestRuntime | undefined {
  const start = p.start;
  p.next();
  if (!p.eatWord("runtime")) {
    p.fail("`runtime`");
    return abandon(p);
  }
  const name = declaredName(p, "the name of the guest runtime");
  if (name === undefined) return abandon(p);
  const blocks = endHead(p, "a guest runtime");
  if (blocks === undefined) return abandon(p);
  if (p.kind === T.lbrace) p.report("legacyBrace", p.span, { args: { what: "guest runtime blocks" } });
  let uses: readonly Name[] | undefined;
  let entry: Name | undefined;
  parseMembers(p, "`uses` or `entry`", () => {
    const word = p.isWord("uses") ? "uses" : p.isWord("entry") ? "entry" : undefined;
    if (word === undefined) return false;
    const again = word === "uses" ? uses : entry;
    if (again !== undefined) p.report("givenTwice", p.span, { args: { what: word } });
    p.next();
    if (word === "uses") uses = declaredNames(p, "the name of an effect interface");
    else entry = declaredName(p, "the name of a protocol") ?? entry;
    return true;
  });
  const span = p.spanFrom(start);
  leaveHead(p, blocks);
  return { kind: "guestRuntime", name, uses: uses ?? [], ...(entry === undefined ? {} : { entry }), span };
}
