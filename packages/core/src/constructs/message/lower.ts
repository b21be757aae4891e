import type { PayloadSort, PayloadType } from "../../kernel/node.ts";
import type { Message, TypeSpec } from "./node.ts";

const typeText = (type: TypeSpec): string => {
  const path = type.path.join(".");
  return type.args.length === 0 ? path : `${path}<${type.args.map(typeText).join(", ")}>`;
};

const builtIn: Readonly<Record<string, PayloadSort>> = {
  Unit: "Unit",
  Nat: "Nat",
  Bool: "Bool",
  String: "String",
};

const sortOf = (text: string): PayloadSort =>
  (Object.hasOwn(builtIn, text) ? builtIn[text] : undefined) ?? "Opaque";

/** What a message carries: its `of` type, else the text of its payload, else nothing. */
export const lowerPayload = (message: Message): PayloadType => {
  if (message.type !== undefined) {
    const text = typeText(message.type);
    return { text, sort: sortOf(text) };
  }
  if (message.payload === undefined) return { text: "", sort: "Unit" };
  const { text } = message.payload;
  const inner = text.slice(1, -1).trim();
  return { text, sort: inner === "" ? "Unit" : sortOf(inner) };
};
