import { parseArms, parseBarBody, parseOne } from "../../syntax/block.ts";
import type { Parser } from "../../syntax/parser.ts";
import { T } from "../../syntax/token-kind.ts";
import type { Par, ParArm } from "./node.ts";

/** `par` and its `|` arms. */
export function parsePar(p: Parser): Par {
  const start = p.start;
  p.next();
  const arms = parseArms(p, "`par` blocks", "`par`", () => parseArm(p), isStatement);
  return { kind: "par", arms, span: p.spanFrom(start) };
}

/** Whatever stands under `par` is meant as an arm. */
const isStatement = (p: Parser): boolean => p.kind === T.ident;

function parseArm(p: Parser): ParArm {
  const start = p.start;
  const body = p.eat(T.bar) ? parseBarBody(p, "an arm of `par`") : parseOne(p);
  return { body, span: p.spanFrom(start) };
}
