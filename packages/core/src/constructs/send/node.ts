import type { Span } from "../../text/span.ts";
import type { SenderRecord } from "../annotation/node.ts";
import type { Message } from "../message/node.ts";
import type { RoleRef } from "../roles/node.ts";

/** `A { … } -> B : M`. */
export interface Send {
  readonly kind: "send";
  readonly from: RoleRef;
  readonly record?: SenderRecord;
  readonly to: RoleRef;
  readonly message: Message;
  readonly span: Span;
}
