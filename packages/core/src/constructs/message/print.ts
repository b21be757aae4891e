import type { Message, TypeSpec } from "./node.ts";

/** `shop.Order<Item>`. */
export function printTypeSpec(type: TypeSpec): string {
  const path = type.path.join(".");
  return type.args.length === 0 ? path : `${path}<${type.args.map(printTypeSpec).join(", ")}>`;
}

/** A message as written after the colon. */
export function printMessage(message: Message): string {
  const type = message.type === undefined ? "" : ` of ${printTypeSpec(message.type)}`;
  const payload = message.payload?.text ?? "";
  return message.name.text + type + (payload.startsWith("{") ? ` ${payload}` : payload);
}
