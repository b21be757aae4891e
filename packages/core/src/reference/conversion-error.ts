/**
 * Why a tree has no global type, or a projection no core local type
 * (language.md §15). `TooLarge` is Parley's: a counted loop is laid out round
 * by round, and a form without bound helps nobody.
 */
export type ConversionError =
  | { readonly kind: "UnsupportedFeature"; readonly feature: string }
  | { readonly kind: "InvalidChoice"; readonly label: string }
  | {
      readonly kind: "InconsistentReceivers";
      readonly expected: string;
      readonly actual: string;
      readonly label: string;
    }
  | { readonly kind: "TooLarge" };

/** A conversion that failed, told apart from a type by its `error`. */
export interface ConversionFailure {
  readonly kind: "failure";
  readonly error: ConversionError;
}

export const conversionFailure = (error: ConversionError): ConversionFailure => ({ kind: "failure", error });

export const unsupported = (feature: string): ConversionFailure =>
  conversionFailure({ kind: "UnsupportedFeature", feature });
