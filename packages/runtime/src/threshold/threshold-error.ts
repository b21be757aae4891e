/** Why keys or signatures of several could not be made, or do not hold (spec/aura-state.md §18). */
export type ThresholdError =
  | {
      readonly code: "PAR8901";
      readonly variant: "InvalidThreshold";
      readonly threshold: number;
      readonly participants: number;
      readonly minimum: number;
    }
  | { readonly code: "PAR8902"; readonly variant: "InvalidParticipants"; readonly reason: string }
  | {
      readonly code: "PAR8903";
      readonly variant: "InvalidDkgPackage";
      readonly dealer: string;
      readonly reason: string;
    }
  | { readonly code: "PAR8904"; readonly variant: "TranscriptMismatch"; readonly reason: string }
  | {
      readonly code: "PAR8905";
      readonly variant: "ThresholdNotMet";
      readonly required: number;
      readonly given: number;
    }
  | {
      readonly code: "PAR8906";
      readonly variant: "InvalidShare";
      readonly signer: string;
      readonly reason: string;
    }
  | { readonly code: "PAR8907"; readonly variant: "InvalidThresholdSignature"; readonly reason: string }
  | { readonly code: "PAR8908"; readonly variant: "NotPrepared"; readonly epoch: number };

export const thresholdErrorText = (error: ThresholdError): string => {
  switch (error.variant) {
    case "InvalidThreshold":
      return `a threshold of ${error.threshold} of ${error.participants} cannot be: at least ${error.minimum}, at most all`;
    case "InvalidParticipants":
    case "TranscriptMismatch":
    case "InvalidThresholdSignature":
      return error.reason;
    case "InvalidDkgPackage":
      return `the key package of ${error.dealer} is refused: ${error.reason}`;
    case "ThresholdNotMet":
      return `${error.given} of the ${error.required} that are needed`;
    case "InvalidShare":
      return `the share of ${error.signer} is refused: ${error.reason}`;
    case "NotPrepared":
      return `no key of epoch ${error.epoch} is prepared`;
  }
};

export type ThresholdResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: ThresholdError };

export const thresholdRefused = (
  error: ThresholdError,
): { readonly ok: false; readonly error: ThresholdError } => ({
  ok: false,
  error,
});
