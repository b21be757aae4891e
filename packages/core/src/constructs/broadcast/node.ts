import type { Span } from "../../text/span.ts";
import type { SenderRecord } from "../annotation/node.ts";
import type { Message } from "../message/node.ts";
import type { RoleRef } from "../roles/node.ts";

/** `A ->* : M`: one send to every other declared role, in order of declaration. */
export interface Broadcast {
  readonly kind: "broadcast";
  readonly from: RoleRef;
  readonly record?: SenderRecord;
  readonly message: Message;
  readonly span: Span;
}
