import { edgePath } from "../../kernel/edge-path.ts";
import type { Lower } from "../../kernel/lower-context.ts";
import { expressionText } from "../expression/lower.ts";
import type { Case } from "./node.ts";

/**
 * A decision of whoever performs it, which it may keep to itself. A `check`
 * that is looked at is not asked apart: which arm it is, is the answer.
 */
export const lowerCase: Lower<Case> = (statement, id, scope, next, context) =>
  context.node({
    kind: "hidden",
    scope: id,
    decider: context.performer(statement),
    quiet: true,
    subject: expressionText(statement.subject),
    branches: statement.arms.map((arm) => {
      const outcome = arm.constructor.text;
      return { outcome, next: context.body(arm.body, scope, (k) => edgePath.arm(id, outcome, k), next) };
    }),
    span: statement.span,
  });
