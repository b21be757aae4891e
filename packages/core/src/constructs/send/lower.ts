import type { Lower } from "../../kernel/lower-context.ts";
import { lowerAnnotations } from "../annotation/lower.ts";
import { lowerPayload } from "../message/lower.ts";
import { lowerRole } from "../roles/lower.ts";
import type { Send } from "./node.ts";

/** One communication with one branch, labelled by the message. */
export const lowerSend: Lower<Send> = (send, id, _scope, next, context) =>
  context.node({
    kind: "comm",
    from: lowerRole(send.from),
    span: send.span,
    branches: [
      {
        label: send.message.name.text,
        to: lowerRole(send.to),
        payload: lowerPayload(send.message),
        annotations: lowerAnnotations(send.record),
        edge: id,
        span: send.span,
        next,
      },
    ],
  });
