/** Two versions side by side: what differs, and who still understands whom: `@parley/core/diff`. */
export { analyseVersion, compat, compatOfProtocols, type VersionText } from "./compat.ts";
export type {
  BreakingRun,
  Compat,
  CompatReport,
  CompatVerdict,
  PeerVerdict,
  RoleCompat,
} from "./compatibility.ts";
export { type DiffSide, diffProtocols } from "./diff-protocols.ts";
export type { AlignedRow, Change, ChangeKind, ChangeRef, ProtocolDiff } from "./protocol-diff.ts";
export { type ReferenceCompat, type ReferenceRoleCompat, referenceCompat } from "./reference-compat.ts";
