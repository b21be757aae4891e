/** One `key = value` of `Role[key = value]`, the value as the language writes it. */
export interface LegacyEntry {
  readonly key: string;
  readonly value: string;
}

/** What stands in the braces of the macro form; roles and messages as the language writes them. */
export type LegacyItem =
  | { readonly kind: "comment"; readonly text: string; readonly trailing: boolean }
  | {
      readonly kind: "send";
      readonly from: string;
      readonly record: readonly LegacyEntry[];
      readonly arrow: "->" | "->*";
      /** Empty for a broadcast. */
      readonly to: string;
      readonly message: string;
    }
  | { readonly kind: "choice"; readonly decider: string; readonly arms: readonly LegacyArm[] }
  /** `rec Lap` or `loop …`, with its body. */
  | { readonly kind: "block"; readonly head: string; readonly body: readonly LegacyItem[] }
  | { readonly kind: "par"; readonly arms: readonly (readonly LegacyItem[])[] }
  /** `continue Lap`, `call Settle`. */
  | { readonly kind: "line"; readonly text: string };

export interface LegacyArm {
  readonly label: string;
  /** With its blank before it, or empty. */
  readonly guard: string;
  readonly body: readonly LegacyItem[];
}

/** A protocol written as a macro of the host language. */
export interface LegacyProtocol {
  readonly name: string;
  /** As the attribute gives it. */
  readonly namespace?: string;
  /** Names of required theorem packs. */
  readonly requires: readonly string[];
  readonly roles: readonly string[];
  /** What stood before the protocol: comments, and attributes without a place in the language. */
  readonly lead: readonly string[];
  readonly body: readonly LegacyItem[];
  readonly locals: readonly { readonly name: string; readonly body: readonly LegacyItem[] }[];
}
