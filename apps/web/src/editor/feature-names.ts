import type { DocumentSymbol, SymbolKind as Kind } from "@parley/core/service";
import { type editor, languages } from "monaco-editor/editor";
import { toast } from "../ui/toast.tsx";
import { ask, hostOf, modelAt, rangeIn, type Stretch } from "./editor-models.ts";
import { TELL } from "./tell-language.ts";

type Model = editor.ITextModel;
const { SymbolKind, DocumentHighlightKind } = languages;

const symbolKinds: Readonly<Record<Kind, languages.SymbolKind>> = {
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

const locations = (
  model: Model,
  found: readonly { readonly uri: string; readonly span: Stretch }[] | undefined,
): languages.Location[] =>
  (found ?? []).flatMap(({ uri, span }) => {
    const other = modelAt(model, uri);
    return other ? [{ uri: other.uri, range: rangeIn(other, span) }] : [];
  });

const symbolIn = (model: Model, one: DocumentSymbol): languages.DocumentSymbol => ({
  name: one.name,
  detail: one.detail,
  kind: symbolKinds[one.kind],
  tags: [],
  range: rangeIn(model, one.span),
  selectionRange: rangeIn(model, one.nameSpan),
  children: one.children.map((child) => symbolIn(model, child)),
});

/** The editor says why only to the console; a person is told here. */
const refuse = (reason: string): languages.WorkspaceEdit & languages.Rejection => {
  toast({ text: reason });
  return { edits: [], rejectReason: reason };
};

const renameEdits = async (
  model: Model,
  offset: number,
  name: string,
): Promise<languages.WorkspaceEdit & languages.Rejection> => {
  const result = await ask(model, "rename", offset, name);
  if (!result) return { edits: [], rejectReason: "The text has changed; try again." };
  if (!result.ok) return refuse(result.reason);
  const own = model.uri.toString();
  const { files } = result.edit;
  const elsewhere = files.filter(({ uri }) => uri !== own);
  const refused = elsewhere.length === 0 ? undefined : await hostOf(model)?.editElsewhere(elsewhere);
  if (refused !== undefined) return refuse(refused);
  const edits = files
    .filter(({ uri }) => uri === own)
    .flatMap((file) => file.edits)
    .map(({ span, text }) => ({
      resource: model.uri,
      versionId: undefined,
      textEdit: { range: rangeIn(model, span), text },
    }));
  return { edits };
};

/** Definition, references, highlights, rename and the outline. */
export const registerNaming = (): void => {
  languages.registerDefinitionProvider(TELL, {
    provideDefinition: async (model, position) =>
      locations(model, await ask(model, "definition", model.getOffsetAt(position))),
  });
  languages.registerReferenceProvider(TELL, {
    provideReferences: async (model, position, { includeDeclaration }) =>
      locations(model, await ask(model, "references", model.getOffsetAt(position), includeDeclaration)),
  });
  languages.registerDocumentHighlightProvider(TELL, {
    provideDocumentHighlights: async (model, position) => {
      const found = await ask(model, "highlights", model.getOffsetAt(position));
      return found?.map(({ span, kind }) => ({
        range: rangeIn(model, span),
        kind: kind === "write" ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
      }));
    },
  });
  languages.registerRenameProvider(TELL, {
    provideRenameEdits: (model, position, name) => renameEdits(model, model.getOffsetAt(position), name),
    resolveRenameLocation: async (model, position) => {
      const ready = await ask(model, "prepareRename", model.getOffsetAt(position));
      const here = { startLineNumber: position.lineNumber, startColumn: position.column };
      const range = { ...here, endLineNumber: position.lineNumber, endColumn: position.column };
      if (!ready) return { range, text: "", rejectReason: "The text has changed; try again." };
      return ready.ok
        ? { range: rangeIn(model, ready.span), text: ready.name }
        : { range, text: "", rejectReason: ready.reason };
    },
  });
  languages.registerDocumentSymbolProvider(TELL, {
    displayName: "Protocol",
    provideDocumentSymbols: async (model) =>
      (await ask(model, "documentSymbols"))?.map((one) => symbolIn(model, one)),
  });
};
