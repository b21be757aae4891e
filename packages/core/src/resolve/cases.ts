import type { Case, CaseArm } from "../constructs/case/node.ts";
import type { Statement } from "../constructs/statement.ts";
import { printStatement } from "../constructs/table.ts";
import type { Fix } from "../diagnostics/diagnostic.ts";
import { Writer } from "../print/writer.ts";
import type { Span } from "../text/span.ts";
import type { Checker } from "./checker.ts";
import { replaceBy } from "./checker.ts";
import { suggest } from "./suggest.ts";
import { type Sum, Sums } from "./sums.ts";
import type { Surroundings } from "./values.ts";
import { walk } from "./walk.ts";

/**
 * Arms of every `case`: each constructor once, with as many binders as it
 * holds values, and none missing of a sum that is known to be meant (language
 * chapter §10 B, for declared sums as well). As in the reference, arms of
 * `Result` or `Maybe` beside unknown constructors are not counted.
 */
export function checkCases(c: Checker, around: Surroundings): void {
  const sums = new Sums(around.file.declarations);
  const visit = (body: readonly Statement[]): void =>
    walk(body, (statement) => {
      if (statement.kind === "case") checkCase(statement, sums, c, around);
    });
  visit(c.protocol.body);
  for (const local of c.protocol.locals) visit(local.body);
}

function checkCase(node: Case, sums: Sums, c: Checker, around: Surroundings): void {
  const arms = new Map<string, CaseArm>();
  for (const arm of node.arms) {
    const name = arm.constructor.text;
    const first = arms.get(name);
    if (first === undefined) arms.set(name, arm);
    else {
      c.report("duplicateCaseArm", arm.constructor.span, {
        args: { constructor: name },
        related: [{ span: first.constructor.span, message: "the arm that is taken" }],
      });
    }
  }
  const sum = sums.of(node.subject, [...arms.keys()]);
  if (sum === undefined) return;
  for (const arm of node.arms) checkBinders(arm, sum, c);
  const foreign = [...arms.values()].filter((arm) => !sum.constructors.has(arm.constructor.text));
  if (foreign.length > 0 && !sum.declared) return;
  const missing = [...sum.constructors.keys()].filter((name) => !arms.has(name));
  for (const arm of foreign) reportForeign(arm, sum, missing, c);
  if (missing.length === 0 || around.unread.some((span) => within(span, node.span))) return;
  c.report(
    "nonExhaustive",
    { start: node.span.start, end: node.subject.span.end },
    {
      args: { type: sum.name, missing: missing.map((name) => `\`${name}\``).join(", ") },
      fix: foreign.length > 0 ? undefined : addArms(node, sum, missing, around.source),
    },
  );
}

function checkBinders(arm: CaseArm, sum: Sum, c: Checker): void {
  const held = sum.constructors.get(arm.constructor.text);
  if (held === undefined || arm.binders.length <= held) return;
  const last = arm.binders.at(-1)?.span.end ?? arm.constructor.span.end;
  c.report(
    "binderCount",
    { start: arm.constructor.span.start, end: last },
    {
      args: {
        constructor: arm.constructor.text,
        wanted: held === 0 ? "no value" : "one value",
        found: String(arm.binders.length),
      },
    },
  );
}

function reportForeign(arm: CaseArm, sum: Sum, missing: readonly string[], c: Checker): void {
  const best = suggest(arm.constructor.text, missing);
  c.report("foreignConstructor", arm.constructor.span, {
    args: { constructor: arm.constructor.text, type: sum.name },
    hint: best === undefined ? undefined : `did you mean \`${best}\`?`,
    fix: best === undefined ? undefined : replaceBy(arm.constructor.span, best),
  });
}

const within = (inner: Span, outer: Span): boolean => inner.start <= outer.end && inner.end >= outer.start;

/** Arms below the last one that do what it does; the author then says what is different. */
function addArms(
  node: Case,
  sum: Sum,
  missing: readonly string[],
  source: string | undefined,
): Fix | undefined {
  const last = node.arms.at(-1);
  if (last === undefined || last.body.length === 0 || source === undefined) return undefined;
  const line = source.slice(source.lastIndexOf("\n", last.span.start - 1) + 1, last.span.start);
  if (line.trim() !== "") return undefined;
  const text = missing.map((name) => {
    const writer = new Writer(printStatement);
    const pattern = (sum.constructors.get(name) ?? 0) === 0 ? name : `${name}(value)`;
    writer.arm(`| ${pattern} =>`, last.body);
    return writer.finish().trimEnd().replace(/^/gm, line);
  });
  const at = endOfCode(source, last.span.end);
  return {
    title: `Add ${missing.length === 1 ? `the arm \`${missing[0]}\`` : "the missing arms"}, doing what \`${last.constructor.text}\` does`,
    edits: [{ span: { start: at, end: at }, text: `\n${text.join("\n")}` }],
  };
}

/** The end of the line of an offset, so that a comment behind the last arm stays with it. */
function endOfCode(source: string, offset: number): number {
  const newline = source.indexOf("\n", offset);
  const end = newline < 0 ? source.length : newline;
  return source.slice(offset, end).includes("{-") ? offset : source[end - 1] === "\r" ? end - 1 : end;
}
