import { inOrder } from "../../syntax/members.ts";
import type { Parser } from "../../syntax/parser.ts";
import { T } from "../../syntax/token-kind.ts";
import type { Name } from "../name.ts";
import type { ProgressClause } from "./node.ts";

type Part = "requires" | "within" | "onTimeout" | "onStall";

const order = [{ key: "requires" }, { key: "within" }, { key: "onTimeout" }, { key: "onStall" }] as const;

/** `progress Steady requires Calm within short on timeout => again on stall => alarm`; the cursor stands at `progress`. */
export function parseProgress(p: Parser): ProgressClause | undefined {
  const start = p.start;
  p.next();
  const contract = p.name("the name of a progress contract");
  if (contract === undefined) return undefined;
  const parts: Partial<Record<Part, Name>> = {};
  for (let part = eatPart(p); part !== undefined; part = eatPart(p)) {
    const name = p.name("a name");
    if (name === undefined) break;
    parts[part] = name;
  }
  return { contract, ...inOrder(order, parts), span: p.spanFrom(start) };
}

/** Passes the words before the name of a part, if one stands here. */
function eatPart(p: Parser): Part | undefined {
  if (p.peek() === T.ident && p.eatWord("requires")) return "requires";
  if (p.peek() === T.ident && p.eatWord("within")) return "within";
  if (!p.isWord("on") || p.peek(2) !== T.fatArrow || p.peek(3) !== T.ident) return undefined;
  const part = p.isWord("timeout", 1) ? "onTimeout" : p.isWord("stall", 1) ? "onStall" : undefined;
  if (part === undefined) return undefined;
  for (let i = 0; i < 3; i++) p.next();
  return part;
}

/** The clause as written, its parts in the order of the grammar. */
export function printProgress(clause: ProgressClause): string {
  const part = (words: string, name: Name | undefined): string =>
    name === undefined ? "" : ` ${words} ${name.text}`;
  return (
    `progress ${clause.contract.text}` +
    part("requires", clause.requires) +
    part("within", clause.within) +
    part("on timeout =>", clause.onTimeout) +
    part("on stall =>", clause.onStall)
  );
}
