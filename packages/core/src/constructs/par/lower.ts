import { edgePath } from "../../kernel/edge-path.ts";
import type { Lower } from "../../kernel/lower-context.ts";
import type { Par } from "./node.ts";

/** Arms that each end; what follows comes after the join of all. */
export const lowerPar: Lower<Par> = (par, id, scope, next, context) =>
  context.node({
    kind: "par",
    arms: par.arms.map((arm, i) =>
      context.body(arm.body, scope, (k) => edgePath.parArm(id, i, k), { kind: "end" }),
    ),
    next,
    span: par.span,
  });
