import { parseArmBody, parseArms } from "../../syntax/block.ts";
import type { Parser } from "../../syntax/parser.ts";
import type { Par, ParArm } from "./node.ts";

/** `par` and its `|` arms. */
export function parsePar(p: Parser): Par {
  const start = p.start;
  p.next();
  const arms = parseArms(p, "`par` blocks", "`par`", () => parseArm(p));
  return { kind: "par", arms, span: p.spanFrom(start) };
}

function parseArm(p: Parser): ParArm {
  const start = p.start;
  p.next();
  const body = parseArmBody(p, "branch bodies", "an arm of `par`");
  return { body, span: p.spanFrom(start) };
}
