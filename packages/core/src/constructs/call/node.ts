import type { Span } from "../../text/span.ts";
import type { Name } from "../name.ts";
import type { Statement } from "../statement.ts";

/** `call Settle`: the body of a local protocol, in place. */
export interface Call {
  readonly kind: "call";
  readonly target: Name;
  readonly span: Span;
}

/** A `protocol Settle = …` under `where`; it shares the roles of its host. */
export interface LocalProtocol {
  readonly kind: "localProtocol";
  readonly name: Name;
  readonly body: readonly Statement[];
  readonly span: Span;
}
