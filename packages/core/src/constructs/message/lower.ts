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

/** A type by its name: `Nat`, `Bool`, `String` and `Unit` are known, anything else is opaque. */
export const payloadType = (text: string): PayloadType => ({ text, sort: sortOf(text) });

/** What a message carries: its `of` type, else the text of its payload, else nothing. */
export const lowerPayload = (message: Message): PayloadType => {
  if (message.type !== undefined) return payloadType(typeText(message.type));
  if (message.payload === undefined) return { text: "", sort: "Unit" };
  const { text } = message.payload;
  const inner = text.slice(1, -1).trim();
  return { text, sort: inner === "" ? "Unit" : sortOf(inner) };
};
