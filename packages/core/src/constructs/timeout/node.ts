import type { Span } from "../../text/span.ts";
import type { RoleRef } from "../roles/node.ts";
import type { Statement } from "../statement.ts";

/** `timeout 5s A at … on timeout => … on cancel => …`: the owner takes completion or expiry, whichever comes first. */
export interface Timeout {
  readonly kind: "timeout";
  readonly owner: RoleRef;
  readonly duration: { readonly millis: number; readonly text: string; readonly span: Span };
  readonly body: readonly Statement[];
  readonly onTimeout: readonly Statement[];
  readonly onCancel?: readonly Statement[];
  readonly span: Span;
}
