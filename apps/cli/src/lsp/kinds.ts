import type { CompletionKind, SymbolKind as Kind } from "@parley/core/service";
import { CompletionItemKind, SymbolKind } from "vscode-languageserver/node";

/** How editors draw the symbols of a protocol. */
export const symbolKinds: Readonly<Record<Kind, SymbolKind>> = {
  module: SymbolKind.Module,
  alias: SymbolKind.Module,
  protocol: SymbolKind.Class,
  localProtocol: SymbolKind.Function,
  role: SymbolKind.Object,
  parameter: SymbolKind.Variable,
  label: SymbolKind.Key,
  arm: SymbolKind.EnumMember,
  message: SymbolKind.Event,
  type: SymbolKind.Struct,
  constructor: SymbolKind.EnumMember,
  effect: SymbolKind.Interface,
  effectOperation: SymbolKind.Method,
  operation: SymbolKind.Function,
  binding: SymbolKind.Variable,
  bundle: SymbolKind.Package,
  capability: SymbolKind.String,
  executionProfile: SymbolKind.Constant,
  agreementProfile: SymbolKind.Constant,
  contract: SymbolKind.Constant,
  roleSet: SymbolKind.Array,
  topology: SymbolKind.Array,
  fragment: SymbolKind.Struct,
  guestRuntime: SymbolKind.Namespace,
  publication: SymbolKind.Variable,
  event: SymbolKind.Event,
  work: SymbolKind.Variable,
  exposed: SymbolKind.Variable,
};

const own: Readonly<Partial<Record<CompletionKind, CompletionItemKind>>> = {
  module: CompletionItemKind.Module,
  protocol: CompletionItemKind.Class,
  localProtocol: CompletionItemKind.Function,
  role: CompletionItemKind.Class,
  message: CompletionItemKind.Event,
  event: CompletionItemKind.Event,
  type: CompletionItemKind.Struct,
  effect: CompletionItemKind.Interface,
  effectOperation: CompletionItemKind.Method,
  operation: CompletionItemKind.Function,
  keyword: CompletionItemKind.Keyword,
  snippet: CompletionItemKind.Snippet,
  annotation: CompletionItemKind.Property,
  capability: CompletionItemKind.Value,
  value: CompletionItemKind.Value,
  label: CompletionItemKind.Reference,
  arm: CompletionItemKind.EnumMember,
  constructor: CompletionItemKind.EnumMember,
};

export const completionKind = (kind: CompletionKind): CompletionItemKind =>
  own[kind] ?? CompletionItemKind.Variable;
