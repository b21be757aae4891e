import { edgePath } from "../../kernel/edge-path.ts";
import type { Lower } from "../../kernel/lower-context.ts";
import type { Kernel, KernelRole } from "../../kernel/node.ts";
import { lowerAnnotations } from "../annotation/lower.ts";
import { lowerPayload } from "../message/lower.ts";
import { lowerRole } from "../roles/lower.ts";
import type { Broadcast } from "./node.ts";

/**
 * One send to every other declared role, in order of declaration; a family is
 * all its members. A member also reaches the rest of its own family.
 */
export const lowerBroadcast: Lower<Broadcast> = (broadcast, id, _scope, next, context) => {
  const from = lowerRole(broadcast.from);
  const targets: readonly KernelRole[] = context.roles
    .filter(
      (role) => role.name.text !== from.name || from.index?.kind === "at" || from.index?.kind === "symbolic",
    )
    .map((role) =>
      role.param === undefined ? { name: role.name.text } : { name: role.name.text, index: { kind: "all" } },
    );
  const payload = lowerPayload(broadcast.message);
  const annotations = lowerAnnotations(broadcast.record);
  return targets.reduceRight<Kernel>(
    (rest, to, k) =>
      context.node({
        kind: "comm",
        from,
        span: broadcast.span,
        branches: [
          {
            label: broadcast.message.name.text,
            to,
            payload,
            annotations,
            edge: edgePath.leg(id, k),
            span: broadcast.span,
            next: rest,
          },
        ],
      }),
    next,
  );
};
