import type { Span } from "../../text/span.ts";
import type { Name } from "../name.ts";

/**
 * One `key : value` of a sender record (`A { flow_cost : 5 } -> B : M`).
 * `value` is the text without the quotes of a string, otherwise as written.
 */
export interface Annotation {
  readonly kind: "annotation";
  readonly key: Name;
  readonly value: string;
  readonly form: "string" | "duration" | "list" | "names" | "integer" | "name";
  readonly valueSpan: Span;
  readonly span: Span;
}

/** The braces of a sender record, kept even when empty. */
export interface SenderRecord {
  readonly entries: readonly Annotation[];
  readonly span: Span;
}
