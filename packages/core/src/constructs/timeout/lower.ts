import { edgePath } from "../../kernel/edge-path.ts";
import type { Lower } from "../../kernel/lower-context.ts";
import type { TimeoutScope } from "../../kernel/node.ts";
import { lowerRole } from "../roles/lower.ts";
import type { Timeout } from "./node.ts";

/** A scope whose body ends; what follows the statement follows every way out of it. */
export const lowerTimeout: Lower<Timeout> = (statement, id, scope, next, context) => {
  const { owner, duration, body, onTimeout, onCancel, span } = statement;
  const exits: TimeoutScope["exits"] = [
    { outcome: "done", next },
    {
      outcome: "timeout",
      next: context.body(onTimeout, scope, (k) => edgePath.handler(id, "timeout", k), next),
    },
    ...(onCancel === undefined
      ? []
      : [
          {
            outcome: "cancel" as const,
            next: context.body(onCancel, scope, (k) => edgePath.handler(id, "cancel", k), next),
          },
        ]),
  ];
  return context.node({
    kind: "scope",
    scope: id,
    owner: lowerRole(owner),
    millis: duration.millis,
    body: context.body(body, scope, (k) => edgePath.body(id, k), { kind: "end" }),
    exits,
    span,
  });
};
