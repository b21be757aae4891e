/** Keys that several hold together: made together, signing together, rotated by epoch. */
export {
  addDkgPackage,
  aggregateDkg,
  checkDkgTranscript,
  type DkgCollection,
  type DkgConfig,
  type DkgPackage,
  type DkgTranscript,
  dkgCollection,
} from "./dkg-collection.ts";
export { decodeShare, encodeShare, type KeyShare, type RandomBytes } from "./group-key.ts";
export {
  type Dealer,
  type DealerBroadcast,
  dealKey,
  finishKeyGeneration,
  type GeneratedKey,
  generateKey,
} from "./key-generation.ts";
export {
  commitRotation,
  type GroupKeys,
  noGroupKeys,
  prepareRotation,
  rollbackRotation,
} from "./key-rotation.ts";
export { signingTranscript } from "./signing-transcript.ts";
export { type SigningMode, signingMode, type ThresholdConfig, thresholdConfig } from "./threshold-config.ts";
export { type ThresholdError, type ThresholdResult, thresholdErrorText } from "./threshold-error.ts";
export {
  aggregateSignature,
  commitNonces,
  decodeNonces,
  encodeNonces,
  type SignerNonces,
  signShare,
  verifyGroupSignature,
  verifyShare,
  verifyThresholdProof,
} from "./threshold-signing.ts";
