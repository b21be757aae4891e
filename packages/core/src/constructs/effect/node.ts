import type { Span } from "../../text/span.ts";
import type { Name } from "../name.ts";
import type { TypeExpr } from "../type/node.ts";

/** The five metadata keys every operation of an effect must give, in the order they are asked for. */
export const EFFECT_METADATA = ["class", "progress", "region", "agreement_use", "reentrancy"] as const;
export type EffectMetadataKey = (typeof EFFECT_METADATA)[number];

/** `authoritative reserve : Item -> Bool { class : authoritative, … }`; without a word it is a command. */
export interface EffectOperation {
  readonly authority: "authoritative" | "command" | "observe";
  readonly name: Name;
  readonly input: TypeExpr;
  readonly output: TypeExpr;
  /** In source order; the last of equal keys counts. */
  readonly metadata: readonly {
    readonly key: EffectMetadataKey;
    readonly value: Name;
    readonly span: Span;
  }[];
  readonly span: Span;
}

/** `effect Stock` and its operations: what a role may ask of the world. */
export interface EffectDecl {
  readonly kind: "effect";
  readonly name: Name;
  readonly operations: readonly EffectOperation[];
  readonly span: Span;
}
