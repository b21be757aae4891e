export { type AsyncSubtypeError, asyncSubtype, isInconclusive } from "./async-subtype.ts";
export { canonicalText, templateText } from "./canonical.ts";
export { conformanceOfProjectionCase } from "./case.ts";
export { type Coherence, coherence } from "./coherence.ts";
export { contentId, templateId } from "./content-id.ts";
export { type DecodeErrorKind, TheoryDecodeError } from "./decode-error.ts";
export { dual, isDual } from "./dual.ts";
export { alphaEqualLocal, equalGlobal, equalLocal } from "./equal.ts";
export {
  decodeGlobal,
  encodeGlobal,
  type GlobalBranch,
  type GlobalJson,
  type GlobalType,
} from "./global-type.ts";
export { compareText, decodeLabel, type Label, sameLabel } from "./label.ts";
export { areDual, type DualOf, dualLocal } from "./local-duality.ts";
export { localSubtype } from "./local-subtype.ts";
export {
  decodeLocal,
  encodeLocal,
  type LocalBranchR,
  type LocalCommR,
  type LocalJson,
  type LocalTypeR,
} from "./local-type-r.ts";
export { type LocalFlaw, localFlaws } from "./local-well-formed.ts";
export { merge, mergeAll } from "./merge.ts";
export type { Merged, MergeError } from "./merge-error.ts";
export { orphanFree } from "./orphan-free.ts";
export { decodeSort, type PayloadSort, sameSort } from "./payload-sort.ts";
export { type ProjectionError, type ProjectionR, project, projectAll } from "./project.ts";
export { type Action, consume, enabled, step } from "./step.ts";
export { type AnyType, depth, freeVars, headLabels, partners, roles } from "./structure.ts";
export { substitute, unfold } from "./substitute.ts";
export type { Reading, SubtypeOptions, SubtypeReason, SubtypeVerdict } from "./subtype-verdict.ts";
export { type SubtypeReading, type SyncSubtypeError, syncSubtype } from "./sync-subtype.ts";
export { decodeValType, sameValType, type ValType } from "./val-type.ts";
export { type ValidationError, validate, validationText } from "./validate.ts";
export {
  allCommsNonEmpty,
  allVarsBound,
  idleLoops,
  isGuarded,
  noSelfComm,
  uniqueBranchLabels,
  wellFormed,
} from "./well-formed.ts";
