import type { NextAction, ValueJson } from "@parley/wire/http";

export type PayloadSort = Extract<NextAction, { kind: "payload" }>["payloadSort"];

/** What a field says before anybody has typed: always sendable as it stands. */
export const defaultText = (sort: PayloadSort): string => {
  switch (sort) {
    case "Unit":
      return "";
    case "Nat":
      return "0";
    case "Bool":
      return "true";
    case "String":
      return "";
    case "Opaque":
      return "{}";
  }
};

export type PayloadRead =
  | { readonly ok: true; readonly value: ValueJson }
  | { readonly ok: false; readonly why: string };

const readNat = (text: string): PayloadRead => {
  const trimmed = text.trim();
  if (!/^\d+$/.test(trimmed)) return { ok: false, why: "A natural number: digits only." };
  const value = Number(trimmed);
  return { ok: true, value: { kind: "nat", value: Number.isSafeInteger(value) ? value : trimmed } };
};

const readJson = (type: string, text: string): PayloadRead => {
  try {
    // Written anew, so that spaces and line breaks of the field are no part of the value.
    return { ok: true, value: { kind: "opaque", type, json: JSON.stringify(JSON.parse(text)) } };
  } catch (error) {
    return { ok: false, why: `Not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
};

/**
 * Reads a field as a value of the declared sort.
 *
 * @example readPayload("Nat", "Nat", "12") // { ok: true, value: { kind: "nat", value: 12 } }
 */
export const readPayload = (sort: PayloadSort, type: string, text: string): PayloadRead => {
  switch (sort) {
    case "Unit":
      return { ok: true, value: { kind: "unit" } };
    case "Nat":
      return readNat(text);
    case "Bool":
      return text === "true" || text === "false"
        ? { ok: true, value: { kind: "bool", value: text === "true" } }
        : { ok: false, why: "Either true or false." };
    case "String":
      return { ok: true, value: { kind: "str", value: text } };
    case "Opaque":
      return readJson(type, text);
  }
};

const KEY = "parley.payload.";

/** The last value sent of a type in this browser, else the default; storage may be denied. */
export const rememberedText = (
  storage: Pick<Storage, "getItem">,
  sort: PayloadSort,
  type: string,
): string => {
  try {
    const kept = storage.getItem(KEY + type);
    return kept !== null && readPayload(sort, type, kept).ok ? kept : defaultText(sort);
  } catch {
    return defaultText(sort);
  }
};

export const rememberText = (storage: Pick<Storage, "setItem">, type: string, text: string): void => {
  try {
    storage.setItem(KEY + type, text);
  } catch {
    // A full or denied storage loses a convenience, nothing else.
  }
};
