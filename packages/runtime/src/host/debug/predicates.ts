import type { CodeImage } from "../../machine/code/image.ts";
import { checkPredicate } from "../../observe/check-predicate.ts";
import { type Predicate, parsePredicate } from "../../observe/predicate.ts";
import type { HostError } from "../host-error.ts";

/** A text as a predicate about sessions of an image, or why it is none. */
export type ReadPredicate =
  | { readonly ok: true; readonly predicate: Predicate }
  | {
      readonly ok: false;
      readonly error: Extract<HostError, { readonly kind: "bad-predicate" | "unknown-fact" }>;
    };

/** Reads a predicate and checks its names against an image, so that a misspelt one is refused and never just false. */
export const readPredicate = (text: string, image: CodeImage): ReadPredicate => {
  const parsed = parsePredicate(text);
  if (!parsed.ok) return { ok: false, error: { ...parsed.error, text } };
  const unknown = checkPredicate(parsed.predicate, image);
  return unknown === undefined
    ? { ok: true, predicate: parsed.predicate }
    : { ok: false, error: { ...unknown, text } };
};
