import type { Actor } from "@parley/wire";

/** Who sends a command, and the idempotency key if it may be sent twice (model §2.7, §2.8). */
export interface Caller {
  readonly actor: Actor;
  readonly key?: string;
}

/** The one principal until people share a studio. */
export const operator: Caller = { actor: { kind: "operator", id: "operator" } };
