export { type Analysis, analyse, type Sample } from "./analyse.ts";
export { type Bound, bind, isClosed } from "./bind.ts";
export { check } from "./check.ts";
export type { Annotation, SenderRecord } from "./constructs/annotation/node.ts";
export type { ProtocolDecl, SourceFile } from "./constructs/protocol/node.ts";
export type { RoleDecl, RoleRef } from "./constructs/roles/node.ts";
export type { Statement } from "./constructs/statement.ts";
export { isAdmissionCode } from "./diagnostics/admission-code.ts";
export { applyFix, type Fixed, fixAll } from "./diagnostics/apply-fix.ts";
export { allCodes, codeById } from "./diagnostics/code-by-id.ts";
export type { CodeEntry } from "./diagnostics/code-entry.ts";
export { type CodeName, codes } from "./diagnostics/codes.ts";
export type { Diagnostic, Fix, Related, Severity } from "./diagnostics/diagnostic.ts";
export { firstReferenceParseError, referenceError } from "./diagnostics/reference-kind.ts";
export {
  applySeverities,
  type ConfigProblem,
  type ConfigRead,
  type ConfiguredSeverity,
  describeProblem,
  noConfig,
  type ParleyConfig,
  readConfig,
} from "./diagnostics/severity-config.ts";
export { LANGUAGE_VERSION, shapeId, sourceId, versionId } from "./ids/ids.ts";
export type { Bindings, BoundProtocol } from "./kernel/bound.ts";
export { edgePath } from "./kernel/edge-path.ts";
export { lower, MAX_KERNEL_NODES } from "./kernel/lower.ts";
export type {
  Comm,
  CommBranch,
  Deed,
  EdgeAnnotation,
  Kernel,
  KernelProtocol,
  KernelRole,
  KernelRoleDecl,
  PayloadSort,
  PayloadType,
  ProgressContract,
  ScopeOutcome,
} from "./kernel/node.ts";
export { showDeed } from "./kernel/show-deed.ts";
export { showKernel } from "./kernel/show-kernel.ts";
export { tell } from "./kernel/tell.ts";
export { windowsOf } from "./kernel/windows.ts";
export { type ParseResult, parse, textLimit } from "./parse.ts";
export { type FormatResult, format } from "./print/format.ts";
export { print } from "./print/print.ts";
export { type ProjectionCode, projectionCodes } from "./projection/codes.ts";
export type { LocalBranch, LocalType } from "./projection/local-type.ts";
export { type Projected, project, projectAll } from "./projection/project.ts";
export { showLocal } from "./projection/show-local.ts";
export { suggest } from "./resolve/suggest.ts";
export type { AdviceOptions } from "./rules/advice.ts";
export { liveBundles } from "./rules/link.ts";
export {
  type Acceptance,
  type AcceptanceCondition,
  type PackAcceptance,
  type PackTests,
  packAcceptance,
} from "./rules/pack-acceptance.ts";
export { packFreeReason } from "./rules/pack-free.ts";
export {
  consumerOf,
  type PackPolicy,
  packPolicies,
  packPolicy,
  reservedPack,
} from "./rules/pack-policy.ts";
export { sampleBindings } from "./sample-bindings.ts";
export { LineIndex, type Position } from "./text/line-index.ts";
export type { Span } from "./text/span.ts";
export { checkTopologyFile } from "./topology-file/check.ts";
export { topologyCodes } from "./topology-file/codes.ts";
export type { TopologyFile, TopologyLocation } from "./topology-file/node.ts";
export { parseTopologyFile, type TopologyRead } from "./topology-file/parse.ts";
export { printTopologyFile } from "./topology-file/print.ts";
export { type Upgrade, upgrade } from "./upgrade/upgrade.ts";
export { type Imported, nothingImported, withImported } from "./workspace/imported.ts";
export {
  type ModuleFile,
  type ModuleSource,
  type Modules,
  readModules,
} from "./workspace/modules.ts";
export { oneOfEachModule } from "./workspace/one-of-each.ts";
export {
  type Imports,
  type ResolvedFile,
  type ResolvedWorkspace,
  resolveImports,
  resolveWorkspace,
} from "./workspace/resolve.ts";
export { versionsOf } from "./workspace/versions.ts";
