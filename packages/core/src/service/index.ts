/**
 * The language service: questions about the texts of a workspace, answered by
 * pure functions. Places are offsets in UTF-16 units; editors and LSP convert
 * at their edge.
 */

export { applyEdits, type TextEdit } from "../text/apply-edits.ts";
export { type CodeAction, codeActions } from "./code-actions.ts";
export { completion } from "./completion.ts";
export type { CompletionItem, CompletionKind } from "./completion-item.ts";
export { codeAnchor, diagnostics, isFresh, type VersionedDiagnostics } from "./diagnostics.ts";
export type { ServiceDocument, WorkspaceFile } from "./document.ts";
export { type FoldingRange, foldingRanges } from "./folding.ts";
export { formatting, rangeFormatting } from "./formatting.ts";
export { type Hover, hover } from "./hover.ts";
export { type InlayHint, inlayHints } from "./inlay-hints.ts";
export { definition, type Highlight, highlights, references } from "./navigation.ts";
export { kindWords, type Occurrence, type SymbolKind } from "./occurrence.ts";
export {
  type PrepareRename,
  prepareRename,
  type Rename,
  type RenameRefusal,
  refusalText,
  rename,
  type WorkspaceEdit,
} from "./rename.ts";
export { selectionRanges } from "./selection-ranges.ts";
export {
  encodeTokens,
  type SemanticToken,
  semanticTokens,
  type TokenType,
  tokenModifiers,
  tokenTypes,
} from "./semantic-tokens.ts";
export { type SignatureHelp, signatureHelp } from "./signature-help.ts";
export {
  type DocumentSymbol,
  documentSymbols,
  type WorkspaceSymbol,
  workspaceSymbols,
} from "./symbols.ts";
export { type Location, openWorkspace, type Workspace } from "./workspace.ts";
