/** Ids, keys, signatures, tokens, capabilities: `@parley/runtime/identity`. */
export { fromBase64Url, toBase64Url } from "./base64-url.ts";
export { byteLimits, type LimitError, type LimitName, limitError } from "./byte-limits.ts";
export { type CacheLimits, cachedTokens } from "./cached-tokens.ts";
export {
  type Cap,
  type CapError,
  type CapResult,
  capAtMost,
  capMeet,
  capText,
  emptyCap,
  readCap,
  refineCap,
  topCap,
} from "./cap.ts";
export { type CapabilityNameError, capabilityNameError, requiredCapability } from "./capability-name.ts";
export {
  type CapabilityOrigin,
  capabilityFamilies,
  capabilityOrigin,
  delegatedCapabilities,
  firstPartyCapabilities,
  genericCapabilities,
} from "./capability-vocabulary.ts";
export {
  type CountedIdError,
  type CountedIdResult,
  flowCost,
  frostParticipant,
  nextEpoch,
  showEpoch,
  showLeaf,
  showNode,
  showNonce,
} from "./counted-id.ts";
export {
  accountOf,
  authorityIdentity,
  capabilityRef,
  defaultContext,
  epochRotationSession,
  sessionContext,
} from "./derived-ids.ts";
export { displayId } from "./display-id.ts";
export {
  type FlowReceipt,
  flowReceiptTranscript,
  type ReceiptScope,
  signFlowReceipt,
  verifyFlowReceipt,
} from "./flow-receipt.ts";
export {
  groupId,
  type HashIdKind,
  type HashIdResult,
  type MessageContext,
  messageContextHash,
  parseHashId,
  relationshipId,
  relayId,
  showChunkId,
  showConsensusId,
  showContentId,
  showHashId,
  showMessageContext,
} from "./hash-id.ts";
export { idBytes, uuidBytes, uuidText } from "./id-bytes.ts";
export {
  type KeyPort,
  type KeyPurpose,
  KeyStoreError,
  type KeyStoreErrorReason,
  keyName,
} from "./key-port.ts";
export {
  type KeyDomain,
  type KeyResolution,
  type KeyResolutionError,
  type KeyStatus,
  resolveKey,
  type TrustedKey,
} from "./key-resolution.ts";
export {
  authorityOperations,
  contextOperations,
  parseResourceScope,
  type ResourceScope,
  type ResourceScopeError,
  type ResourceScopeResult,
  resourceText,
} from "./resource-scope.ts";
export { Secret, type SecretExportContext } from "./secret.ts";
export { seededKeys } from "./seeded-keys.ts";
export {
  parseStoragePath,
  type StoragePathError,
  type StoragePathResult,
  storagePathCovers,
} from "./storage-path.ts";
export { type ParticipantIdentity, parseTextId, showTextId, type TextIdKind } from "./text-id.ts";
export {
  attenuationBlock,
  authorityBlock,
  CAPABILITY_LIMIT,
  prefixPattern,
  TOKEN_BLOCK_LIMIT,
  TOKEN_BYTES_LIMIT,
} from "./token-blocks.ts";
export type {
  InspectedToken,
  IssuedToken,
  TokenAnswer,
  TokenError,
  TokenGrant,
  TokenPort,
  TokenQuestion,
  TokenResult,
} from "./token-port.ts";
export {
  allowedBy,
  refusedByCheck,
  refusedByGrant,
  type TokenRequest,
  tokenRequest,
} from "./token-question.ts";
export { blockText, type Statement, statementText, type Term } from "./token-statement.ts";
export { expiryBucket, type TokenTimes, tokenTimes } from "./token-times.ts";
export {
  deviceIdBytes,
  parseTypedId,
  showTypedId,
  type TypedId,
  type TypedIdKind,
  type TypedIdResult,
  typedIdFromEntropy,
  typedIdJson,
} from "./typed-id.ts";
export { verify } from "./verify-signature.ts";
