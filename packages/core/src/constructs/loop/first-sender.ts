import type { LowerContext } from "../../kernel/lower-context.ts";
import type { RoleRef } from "../roles/node.ts";
import type { Statement } from "../statement.ts";

const ofStatement = (statement: Statement, context: LowerContext): RoleRef | undefined => {
  switch (statement.kind) {
    case "send":
    case "broadcast":
      return statement.from;
    case "choice":
      return statement.decider;
    case "loop":
    case "rec":
      return firstSender(statement.body, context);
    case "par":
      return firstSender(statement.arms[0]?.body ?? [], context);
    case "call":
      return firstSender(context.locals.get(statement.target.text) ?? [], context);
    case "case":
      return firstOf(
        statement.arms.map((arm) => arm.body),
        context,
      );
    case "timeout":
      return firstOf([statement.body, statement.onTimeout], context);
    case "let":
      return firstSender(statement.body ?? [], context);
    default:
      // A jump, or what a role does by itself.
      return undefined;
  }
};

/** The first sender of the first of several bodies that has one. */
const firstOf = (bodies: readonly (readonly Statement[])[], context: LowerContext): RoleRef | undefined => {
  for (const body of bodies) {
    const role = firstSender(body, context);
    if (role !== undefined) return role;
  }
  return undefined;
};

/** Who sends the first message of a body; nobody when it has none. */
export const firstSender = (body: readonly Statement[], context: LowerContext): RoleRef | undefined => {
  for (const statement of body) {
    const role = ofStatement(statement, context);
    if (role !== undefined) return role;
  }
  return undefined;
};
