/**
 * The longest each thing may be, in bytes unless its name says otherwise
 * (spec/aura-state.md §2). `Merkle depth` and the counts are numbers.
 */
export const byteLimits = {
  leafPublicKey: 64,
  leafMetadata: 256,
  aggregateSignature: 128,
  receiptSignature: 256,
  merkleDepth: 32,
  frostShare: 32,
  frostCommitment: 69,
  frostNonce: 138,
  frostPartial: 32,
  frostSignature: 64,
  frostPublicKey: 32,
  frostMessage: 1_024,
  keyPackage: 65_536,
  publicKeyPackage: 65_536,
  signingMessage: 65_536,
  transportPayload: 65_536,
  factPayload: 65_536,
  bloomBits: 1_048_576,
  lwwEntries: 65_536,
  factOperations: 131_072,
  factBytesValue: 1_048_576,
  prestateAuthorities: 256,
} as const;

/** A name of the table. */
export type LimitName = keyof typeof byteLimits;

/** Something is beyond a limit of the table. */
export interface LimitError {
  readonly code: "LimitExceeded";
  readonly limit: LimitName;
  readonly max: number;
  readonly actual: number;
}

/**
 * Why `actual` is too much; nothing when it is not.
 *
 * @example limitError("factPayload", 65_537)?.max // 65536
 */
export const limitError = (limit: LimitName, actual: number): LimitError | undefined => {
  const max = byteLimits[limit];
  return actual > max ? { code: "LimitExceeded", limit, max, actual } : undefined;
};
