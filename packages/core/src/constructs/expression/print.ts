import { printRoleRef } from "../roles/print.ts";
import type { Argument, Expression } from "./node.ts";

/** `(a, b)`. */
export const printArguments = (args: readonly Argument[]): string =>
  `(${args.map((arg) => arg.text).join(", ")})`;

/** `(a)`, or nothing. */
export const printPayload = (arg: Argument | undefined): string => (arg === undefined ? "" : `(${arg.text})`);

/** An expression as written after `=` or `case`. */
export function printExpression(e: Expression): string {
  switch (e.kind) {
    case "path":
      return e.text;
    case "check":
    case "observe":
      return `${e.kind} ${e.effect.text}.${e.operation.text}${printArguments(e.args)}`;
    case "transfer":
      return `transfer ${e.subject.text} from ${printRoleRef(e.from)} to ${printRoleRef(e.to)}`;
    case "constructor":
      return e.name.text + printPayload(e.arg);
    case "call":
      return e.name.text + printArguments(e.args);
  }
}
