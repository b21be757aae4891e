import type { Span } from "../../text/span.ts";
import type { Name } from "../name.ts";

/** `of shop.Order<Item>`: a dotted path with type arguments. */
export interface TypeSpec {
  readonly path: readonly string[];
  readonly args: readonly TypeSpec[];
  readonly span: Span;
}

/** `Ping`, `Order of shop.Order`, `Ask(Question)`; the payload keeps its delimiters in `text`. */
export interface Message {
  readonly kind: "message";
  readonly name: Name;
  readonly type?: TypeSpec;
  readonly payload?: { readonly text: string; readonly span: Span };
  readonly span: Span;
}
