import { isArmLine, parseArms, parseBarBody } from "../../syntax/block.ts";
import type { Parser } from "../../syntax/parser.ts";
import { T } from "../../syntax/token-kind.ts";
import { parseRoleAt } from "../roles/parse.ts";
import { parseGuard } from "./guard.ts";
import type { Choice, ChoiceArm } from "./node.ts";

/** `choice R at` and its arms. */
export function parseChoice(p: Parser): Choice | undefined {
  const start = p.start;
  p.next();
  const findings = p.sink.size;
  const decider = parseRoleAt(p, "the deciding role");
  if (decider === undefined) return undefined;
  if (p.sink.size > findings && p.kind !== T.open && p.kind !== T.lbrace) return undefined;
  const arms = parseArms(p, "choice blocks", "a choice", () => parseArm(p), isArmLine);
  return { kind: "choice", decider, arms, span: p.spanFrom(start) };
}

function parseArm(p: Parser): ChoiceArm | undefined {
  const start = p.start;
  p.eat(T.bar);
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
  const body = parseBarBody(p, `the arm \`${label.text}\``);
  const span = p.spanFrom(start);
  return guard === undefined ? { label, body, span } : { label, guard, body, span };
}
