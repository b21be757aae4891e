import { edgePath } from "../../kernel/edge-path.ts";
import type { Lower } from "../../kernel/lower-context.ts";
import type { Call } from "./node.ts";

/** The body of the local protocol in place of the call, in the scope of the call. */
export const lowerCall: Lower<Call> = (call, id, scope, next, context) => {
  const target = call.target.text;
  const body = context.locals.get(target) ?? [];
  return context.body(body, scope, (k) => edgePath.call(id, target, k), next);
};
