import { parseArmBody, parseArms } from "../../syntax/block.ts";
import type { Parser } from "../../syntax/parser.ts";
import { T } from "../../syntax/token-kind.ts";
import { parseRoleRef } from "../roles/parse.ts";
import { parseGuard } from "./guard.ts";
import type { Choice, ChoiceArm } from "./node.ts";

/** `choice R at` and its arms. */
export function parseChoice(p: Parser): Choice | undefined {
  const start = p.start;
  p.next();
  const decider = parseRoleRef(p, "the deciding role");
  if (decider === undefined) return undefined;
  if (!p.eatWord("at")) {
    p.fail("`at`", {
      fix: { title: "Insert `at`", edits: [{ span: { start: p.lastEnd, end: p.lastEnd }, text: " at" }] },
    });
    if (p.kind !== T.open) return undefined;
  }
  const arms = parseArms(p, "choice blocks", "a choice", () => parseArm(p));
  return { kind: "choice", decider, arms, span: p.spanFrom(start) };
}

function parseArm(p: Parser): ChoiceArm | undefined {
  const start = p.start;
  p.next();
  const label = p.name("the label of the arm");
  if (label === undefined) return undefined;
  const guard = p.isWord("when") ? parseGuard(p) : undefined;
  if (!p.eat(T.fatArrow)) {
    const arrow = p.kind === T.arrow;
    p.fail("`=>`", {
      fix: arrow ? { title: "Replace `->` by `=>`", edits: [{ span: p.span, text: "=>" }] } : undefined,
    });
    if (arrow) p.next();
    else if (p.kind !== T.open) return undefined;
  }
  const body = parseArmBody(p, "branch bodies", `the arm \`${label.text}\``);
  const span = p.spanFrom(start);
  return guard === undefined ? { label, body, span } : { label, guard, body, span };
}
