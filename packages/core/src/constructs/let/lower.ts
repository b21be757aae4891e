import { edgePath } from "../../kernel/edge-path.ts";
import type { Lower, LowerContext } from "../../kernel/lower-context.ts";
import type { Deed } from "../../kernel/node.ts";
import { lowerRole } from "../roles/lower.ts";
import type { Let } from "./node.ts";

/** What is done to give the name its value; nothing for a name of something already there. */
const deedOf = ({ mode, name, value }: Let, context: LowerContext): Deed | undefined => {
  const binds = name.text;
  switch (value.kind) {
    case "path":
    case "constructor":
      return undefined;
    case "check":
    case "observe": {
      const what = `${value.effect.text}.${value.operation.text}`;
      const args = value.args.map((arg) => arg.text);
      return { kind: "ask", how: value.kind, mode, what, args, result: context.resultOf(what), binds };
    }
    case "call": {
      const what = value.name.text;
      const args = value.args.map((arg) => arg.text);
      return { kind: "ask", how: "call", mode, what, args, result: context.resultOf(what), binds };
    }
    case "transfer":
      return { kind: "transfer", subject: value.subject.text, to: lowerRole(value.to), binds };
  }
};

/** One deed of whoever performs it, then the `in` block, then what follows. */
export const lowerLet: Lower<Let> = (statement, id, scope, next, context) => {
  const rest = context.body(statement.body ?? [], scope, (k) => edgePath.body(id, k), next);
  const deed = deedOf(statement, context);
  if (deed === undefined) return rest;
  const { span } = statement;
  const role = context.performer(statement);
  return context.node({ kind: "local", role, deed, edge: id, span, next: rest });
};
