/** Ownership: who owns a session and its fragments, and where it may be cut. */
export {
  claimManifest,
  emptyFragments,
  type FragmentError,
  type FragmentRecord,
  type FragmentRegistry,
  fragmentErrorText,
  fragmentsOf,
  releaseFragments,
  transferFragments,
} from "./fragment-registry.ts";
export { type BoundaryError, boundaryErrorText, checkBoundary, checkFullSession } from "./ingress.ts";
export {
  allowedBy,
  boundariesOfManifest,
  boundaryOfBundle,
  boundaryOfManifest,
  boundaryOfProtocol,
  boundaryOfScope,
  matchesFragment,
} from "./link-boundary.ts";
export { type OwnerError, ownerErrorText } from "./owner-error.ts";
export {
  checkOwner,
  claimOwner,
  emptyOwners,
  type OwnerRegistry,
  ownerOf,
  releaseOwner,
  transferOwner,
} from "./owner-registry.ts";
export { type OwnershipReceipt, ownershipReceipt, ownershipReceiptId } from "./ownership-receipt.ts";
export { fragmentScope, sameScope, sessionScope, showScope } from "./scope.ts";
