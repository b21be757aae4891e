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
    case "continue":
      return undefined;
  }
};

/** Who sends the first message of a body; nobody when it has none. */
export const firstSender = (body: readonly Statement[], context: LowerContext): RoleRef | undefined => {
  for (const statement of body) {
    const role = ofStatement(statement, context);
    if (role !== undefined) return role;
  }
  return undefined;
};
