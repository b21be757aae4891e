import type { Parser } from "../../syntax/parser.ts";
import type { SenderRecord } from "../annotation/node.ts";
import type { RoleRef } from "../roles/node.ts";
import { parseColonMessage } from "../send/parse.ts";
import type { Broadcast } from "./node.ts";

/** `->* : Message`, after the sender; the cursor stands at the arrow. */
export function parseBroadcastTail(
  p: Parser,
  from: RoleRef,
  record: SenderRecord | undefined,
): Broadcast | undefined {
  p.next();
  const message = parseColonMessage(p);
  if (message === undefined) return undefined;
  const span = { start: from.span.start, end: message.span.end };
  return record === undefined
    ? { kind: "broadcast", from, message, span }
    : { kind: "broadcast", from, record, message, span };
}
