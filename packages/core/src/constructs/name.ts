import type { Span } from "../text/span.ts";

/** An identifier as written, with its place. */
export interface Name {
  readonly text: string;
  readonly span: Span;
}
