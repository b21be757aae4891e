import type { Call } from "../constructs/call/node.ts";
import type { Case } from "../constructs/case/node.ts";
import type { Choice, Guard } from "../constructs/choice/node.ts";
import type { Expression } from "../constructs/expression/node.ts";
import type { Loop } from "../constructs/loop/node.ts";
import type { Par } from "../constructs/par/node.ts";
import type { Rec } from "../constructs/rec/node.ts";
import type { Timeout } from "../constructs/timeout/node.ts";
import { roleText } from "./lane-table.ts";
import { type Section, walkRows } from "./sequence-model.ts";

/** A frame's title in words: `choice · Buyer decides`, `loop · repeat 3`. */
export const frameTitle = (statement: Choice | Case | Timeout | Loop | Par | Rec | Call): string => {
  switch (statement.kind) {
    case "case":
      return `case · ${expressionText(statement.subject)}`;
    case "timeout":
      return `timeout · ${statement.duration.text} · ${roleText(statement.owner)} owns it`;
    case "choice":
      return `choice · ${roleText(statement.decider)} decides`;
    case "loop":
      return `loop · ${loopWords(statement)}`;
    case "par":
      return "par · in any order";
    case "rec":
      return `rec · ${statement.label.text}`;
    case "call":
      return `call · ${statement.target.text}`;
  }
};

const loopWords = ({ control }: Loop): string => {
  switch (control.kind) {
    case "decide":
      return `${roleText(control.by)} decides`;
    case "repeat":
      return `repeat ${typeof control.count === "number" ? control.count : control.count.text}`;
    case "while":
      return `while "${control.text}"`;
    case "forever":
      return "forever";
  }
};

/** An expression as one line: `check Stock.reserve(item)`. */
export const expressionText = (expression: Expression): string => {
  switch (expression.kind) {
    case "path":
      return expression.text;
    case "check":
    case "observe":
      return `${expression.kind} ${expression.effect.text}.${expression.operation.text}(${argumentsText(expression.args)})`;
    case "transfer":
      return `transfer ${expression.subject.text} from ${roleText(expression.from)} to ${roleText(expression.to)}`;
    case "constructor":
      return expression.arg === undefined
        ? expression.name.text
        : `${expression.name.text}(${expression.arg.text})`;
    case "call":
      return `${expression.name.text}(${argumentsText(expression.args)})`;
  }
};

const argumentsText = (args: readonly { readonly text: string }[]): string =>
  args.map(({ text }) => text).join(", ");

/** An arm's guard as the author wrote it. */
export const guardText = (guard: Guard): string => {
  switch (guard.kind) {
    case "predicate":
      return `when ${guard.text}`;
    case "evidence": {
      const call = `${guard.effect.text}.${guard.operation.text}(${guard.args.join(", ")})`;
      return `when check ${call} yields ${guard.binding.text}`;
    }
  }
};

/** What a collapsed frame holds: `Card, Cash · 4 messages`. */
export const frameSummary = (sections: readonly Section[]): string => {
  let messages = 0;
  for (const section of sections) {
    walkRows(section.rows, (row) => {
      if (row.kind === "message") messages += 1;
    });
  }
  const labels = sections.map((section) => section.label).filter((label) => label !== "");
  const count = messages === 1 ? "1 message" : `${messages} messages`;
  return labels.length === 0 ? count : `${labels.join(", ")} · ${count}`;
};
