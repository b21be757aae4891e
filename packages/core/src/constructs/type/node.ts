import type { Span } from "../../text/span.ts";
import type { Name } from "../name.ts";

/**
 * A type as an effect, an operation or a type declaration writes it. `text` is
 * the source; a record is kept as text, as the reference keeps it.
 */
export type TypeExpr =
  | { readonly kind: "unit"; readonly text: string; readonly span: Span }
  | { readonly kind: "record"; readonly text: string; readonly span: Span }
  | { readonly kind: "path"; readonly path: readonly string[]; readonly text: string; readonly span: Span }
  | {
      readonly kind: "result";
      readonly ok: TypeExpr;
      readonly err: TypeExpr;
      readonly text: string;
      readonly span: Span;
    }
  | { readonly kind: "maybe"; readonly of: TypeExpr; readonly text: string; readonly span: Span };

/** One alternative of a sum: `| Apple`, `| Basket(Count)`. */
export interface Constructor {
  readonly name: Name;
  readonly payload?: TypeExpr;
  readonly span: Span;
}

/** `type alias Grain = { … }` or `type Fruit = | Apple | Pear`. */
export interface TypeDecl {
  readonly kind: "type";
  readonly name: Name;
  readonly alias?: TypeExpr;
  readonly constructors: readonly Constructor[];
  readonly span: Span;
}
