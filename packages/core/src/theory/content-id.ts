import { hashText } from "@parley/wire";
import { canonicalText, templateText } from "./canonical.ts";
import type { AnyType } from "./structure.ts";

// The reference hashes the bare text, without the domain that the product's own ids carry.
/** BLAKE3 of the canonical text, 64 hex digits; nothing for a type with free variables. Binder names and branch order do not matter. */
export const contentId = (type: AnyType): string | undefined => {
  const text = canonicalText(type);
  return text === undefined ? undefined : hashText(text);
};

/** BLAKE3 of the template text: defined for open types too. */
export const templateId = (type: AnyType): string => hashText(templateText(type));
