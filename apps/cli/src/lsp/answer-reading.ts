import {
  completion,
  encodeTokens,
  foldingRanges,
  hover,
  inlayHints,
  selectionRanges,
  semanticTokens,
  signatureHelp,
} from "@parley/core/service";
import {
  FoldingRangeKind,
  MarkupKind,
  type SelectionRange,
  type SemanticTokens,
} from "vscode-languageserver/node";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { toCompletion, toRange, toSpan } from "./convert.ts";
import type { Server } from "./server.ts";

const foldingKinds = {
  comment: FoldingRangeKind.Comment,
  imports: FoldingRangeKind.Imports,
  region: FoldingRangeKind.Region,
} as const;

const chain = (text: TextDocument, spans: ReturnType<typeof selectionRanges>): SelectionRange => {
  let parent: SelectionRange | undefined;
  for (const span of [...spans].reverse()) {
    parent = parent === undefined ? { range: toRange(text, span) } : { range: toRange(text, span), parent };
  }
  return parent ?? { range: toRange(text, { start: 0, end: 0 }) };
};

const tokensOf = (
  { texts }: Server,
  uri: string,
  within?: { start: number; end: number },
): SemanticTokens => {
  const key = texts.key(uri);
  const document = texts.workspace.documents.get(key);
  if (document === undefined) return { data: [] };
  const tokens = semanticTokens(texts.workspace, key).filter(
    ({ span }) => within === undefined || (span.start < within.end && within.start < span.end),
  );
  return { data: [...encodeTokens(document, tokens)] };
};

/** Questions about what stands at a place, or all over a text. */
export const answerReading = (server: Server): void => {
  const { connection, texts, docs } = server;

  connection.onCompletion(({ textDocument, position }) => {
    const text = texts.document(textDocument.uri);
    if (text === undefined) return null;
    const offers = completion(texts.workspace, texts.key(textDocument.uri), text.offsetAt(position));
    return offers.map((offer) => toCompletion(text, offer, server.client));
  });
  connection.onHover(({ textDocument, position }) => {
    const text = texts.document(textDocument.uri);
    const found = text && hover(texts.workspace, texts.key(textDocument.uri), text.offsetAt(position), docs);
    if (text === undefined || found === undefined) return null;
    return {
      contents: { kind: MarkupKind.Markdown, value: found.markdown },
      range: toRange(text, found.span),
    };
  });
  connection.onSignatureHelp(({ textDocument, position }) => {
    const text = texts.document(textDocument.uri);
    const found =
      text && signatureHelp(texts.workspace, texts.key(textDocument.uri), text.offsetAt(position));
    if (found === undefined) return null;
    const parameters = found.parameters.map(({ start, end, documentation }) => ({
      label: [start, end] as [number, number],
      documentation,
    }));
    const documentation = { kind: MarkupKind.Markdown, value: found.documentation };
    return {
      signatures: [{ label: found.label, documentation, parameters }],
      activeSignature: 0,
      activeParameter: found.active,
    };
  });
  connection.onFoldingRanges(({ textDocument }) =>
    foldingRanges(texts.workspace, texts.key(textDocument.uri)).map(({ startLine, endLine, kind }) => ({
      startLine: startLine - 1,
      endLine: endLine - 1,
      kind: foldingKinds[kind],
    })),
  );
  connection.onSelectionRanges(({ textDocument, positions }) => {
    const text = texts.document(textDocument.uri);
    if (text === undefined) return null;
    const uri = texts.key(textDocument.uri);
    return positions.map((place) => chain(text, selectionRanges(texts.workspace, uri, text.offsetAt(place))));
  });
  connection.languages.semanticTokens.on(({ textDocument }) => tokensOf(server, textDocument.uri));
  connection.languages.semanticTokens.onRange(({ textDocument, range }) => {
    const text = texts.document(textDocument.uri);
    return text === undefined ? { data: [] } : tokensOf(server, textDocument.uri, toSpan(text, range));
  });
  connection.languages.inlayHint.on(({ textDocument, range }) => {
    const text = texts.document(textDocument.uri);
    if (text === undefined) return null;
    return inlayHints(texts.workspace, texts.key(textDocument.uri), toSpan(text, range)).map((hint) => ({
      position: text.positionAt(hint.offset),
      label: hint.label,
      paddingLeft: !hint.before,
      paddingRight: hint.before,
    }));
  });
};
