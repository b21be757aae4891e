import { type CompletionItem, type CompletionKind, tokenModifiers, tokenTypes } from "@parley/core/service";
import { type editor, type IMarkdownString, languages } from "monaco-editor/editor";
import { ask, rangeIn, spanIn } from "./editor-models.ts";
import { TELL } from "./tell-language.ts";

type Model = editor.ITextModel;
const { CompletionItemKind, CompletionItemInsertTextRule, FoldingRangeKind } = languages;

const kinds: Readonly<Partial<Record<CompletionKind, languages.CompletionItemKind>>> = {
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

const suggestion = (model: Model, item: CompletionItem): languages.CompletionItem => ({
  label: item.label,
  kind: kinds[item.kind] ?? CompletionItemKind.Variable,
  insertText: item.insert,
  range: rangeIn(model, item.span),
  sortText: item.sort,
  filterText: item.label,
  ...(item.snippet ? { insertTextRules: CompletionItemInsertTextRule.InsertAsSnippet } : {}),
  ...(item.detail === undefined ? {} : { detail: item.detail }),
  ...(item.documentation === undefined ? {} : { documentation: { value: item.documentation } }),
  ...(item.insert.endsWith(".") ? { command: { id: "editor.action.triggerSuggest", title: "" } } : {}),
});

/** The command that shows the page of a code, and links to it. */
export const LEARN = "parley.learn";
const withLearnLinks = (markdown: string): IMarkdownString => ({
  value: markdown.replaceAll(
    /\]\(codes\.md#(par\d+)\)/g,
    (_, code: string) => `](command:${LEARN}?${encodeURIComponent(JSON.stringify([code.toUpperCase()]))})`,
  ),
  isTrusted: { enabledCommands: [LEARN] },
});

const registerTokens = (): void => {
  languages.registerDocumentSemanticTokensProvider(TELL, {
    getLegend: () => ({ tokenTypes: [...tokenTypes], tokenModifiers: [...tokenModifiers] }),
    provideDocumentSemanticTokens: async (model) => {
      const data = await ask(model, "tokens");
      return data ? { data } : null;
    },
    releaseDocumentSemanticTokens: () => undefined,
  });
};

const registerHelp = (): void => {
  languages.registerHoverProvider(TELL, {
    provideHover: async (model, position) => {
      const found = await ask(model, "hover", model.getOffsetAt(position));
      return found && { range: rangeIn(model, found.span), contents: [withLearnLinks(found.markdown)] };
    },
  });
  languages.registerSignatureHelpProvider(TELL, {
    signatureHelpTriggerCharacters: ["(", "{", ","],
    provideSignatureHelp: async (model, position) => {
      const found = await ask(model, "signatureHelp", model.getOffsetAt(position));
      if (!found) return undefined;
      const parameters = found.parameters.map(({ start, end, documentation }) => ({
        label: [start, end] as [number, number],
        documentation,
      }));
      const one = { label: found.label, documentation: { value: found.documentation }, parameters };
      return {
        value: { signatures: [one], activeSignature: 0, activeParameter: found.active },
        dispose: () => undefined,
      };
    },
  });
};

const foldingKinds = {
  comment: FoldingRangeKind.Comment,
  imports: FoldingRangeKind.Imports,
  region: FoldingRangeKind.Region,
} as const;

const registerRanges = (): void => {
  languages.registerFoldingRangeProvider(TELL, {
    provideFoldingRanges: async (model) =>
      (await ask(model, "foldingRanges"))?.map(({ startLine, endLine, kind }) => ({
        start: startLine,
        end: endLine,
        ...(kind === "region" ? {} : { kind: foldingKinds[kind] }),
      })),
  });
  languages.registerSelectionRangeProvider(TELL, {
    provideSelectionRanges: async (model, positions) => {
      const offsets = positions.map((position) => model.getOffsetAt(position));
      const found = await ask(model, "selections", offsets);
      return found?.map((spans) => spans.map((span) => ({ range: rangeIn(model, span) })));
    },
  });
  languages.registerInlayHintsProvider(TELL, {
    provideInlayHints: async (model, range) => {
      const hints = await ask(model, "inlayHints", spanIn(model, range));
      return {
        hints: (hints ?? []).map(({ offset, label, before }) => ({
          position: model.getPositionAt(offset),
          label,
          paddingLeft: !before,
          paddingRight: before,
        })),
        dispose: () => undefined,
      };
    },
  });
};

/** Completion, hover, signature help, colours, folding, selections, hints. */
export const registerReading = (): void => {
  languages.registerCompletionItemProvider(TELL, {
    triggerCharacters: [" ", ".", "{", '"', ":", "[", "("],
    provideCompletionItems: async (model, position) => {
      const items = await ask(model, "completion", model.getOffsetAt(position));
      return { suggestions: items?.map((item) => suggestion(model, item)) ?? [] };
    },
  });
  registerHelp();
  registerRanges();
  registerTokens();
};
