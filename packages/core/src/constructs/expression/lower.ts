import type { Expression } from "./node.ts";

/** An expression on one line, blanks apart as the author wrote it: `check Stock.has(item)`, `Ok(x)`. */
export const expressionText = (expression: Expression): string => {
  switch (expression.kind) {
    case "path":
      return expression.text;
    case "check":
    case "observe": {
      const { kind, effect, operation, args } = expression;
      return `${kind} ${effect.text}.${operation.text}(${args.map((arg) => arg.text).join(", ")})`;
    }
    case "transfer": {
      const { subject, from, to } = expression;
      return `transfer ${subject.text} from ${from.name.text} to ${to.name.text}`;
    }
    case "constructor":
      return expression.arg === undefined
        ? expression.name.text
        : `${expression.name.text}(${expression.arg.text})`;
    case "call":
      return `${expression.name.text}(${expression.args.map((arg) => arg.text).join(", ")})`;
  }
};
