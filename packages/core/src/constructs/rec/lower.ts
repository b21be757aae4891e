import { edgePath } from "../../kernel/edge-path.ts";
import { freshVariable, insideLoop, type Lower } from "../../kernel/lower-context.ts";
import type { Continue, Rec } from "./node.ts";

/** A binder over the body; what follows the `rec` follows every way out of the body but `continue`. */
export const lowerRec: Lower<Rec> = (rec, id, scope, next, context) => {
  const label = rec.label.text;
  const variable = freshVariable(label, scope);
  const inside = insideLoop(scope, variable, label);
  return context.node({
    kind: "mu",
    var: variable,
    body: context.body(rec.body, inside, (k) => edgePath.body(id, k), next),
    span: rec.span,
  });
};

/** Back to the enclosing `rec` of that label; nothing follows it. */
export const lowerContinue: Lower<Continue> = (statement, _id, scope, _next, context) => {
  const label = statement.label.text;
  return context.node({ kind: "var", name: scope.labels.get(label) ?? label, span: statement.span });
};
