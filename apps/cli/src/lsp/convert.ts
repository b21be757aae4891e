import type { Diagnostic, Severity, Span } from "@parley/core";
import type {
  TextEdit as Edit,
  WorkspaceEdit as Edits,
  CompletionItem as Offer,
  DocumentSymbol as Outline,
  Location as Place,
} from "@parley/core/service";
import { codeAnchor } from "@parley/core/service";
import {
  type CompletionItem,
  DiagnosticSeverity,
  type DocumentSymbol,
  InsertTextFormat,
  type Location,
  type Diagnostic as LspDiagnostic,
  MarkupKind,
  type Range,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver/node";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { completionKind, symbolKinds } from "./kinds.ts";
import type { Texts } from "./texts.ts";

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
};

export const toRange = (text: TextDocument, { start, end }: Span): Range => ({
  start: text.positionAt(start),
  end: text.positionAt(end),
});

export const toSpan = (text: TextDocument, { start, end }: Range): Span => ({
  start: text.offsetAt(start),
  end: text.offsetAt(end),
});

export const toEdit = (text: TextDocument, { span, text: newText }: Edit): TextEdit => ({
  range: toRange(text, span),
  newText,
});

/** What a client can take. */
export interface Client {
  readonly snippets: boolean;
  readonly documentChanges: boolean;
  readonly codeDescriptions: boolean;
}

/** A snippet without its places, for clients that do not know them. */
export const plainSnippet = (text: string): string =>
  text
    .replaceAll(/\$\{\d+\|([^,|]*)[^}]*\}/g, "$1")
    .replaceAll(/\$\{\d+:([^}]*)\}/g, "$1")
    .replaceAll(/\$\{\d+\}/g, "");

export const toCompletion = (text: TextDocument, offer: Offer, { snippets }: Client): CompletionItem => ({
  label: offer.label,
  kind: completionKind(offer.kind),
  sortText: offer.sort,
  filterText: offer.label,
  insertTextFormat: offer.snippet && snippets ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
  textEdit: {
    range: toRange(text, offer.span),
    newText: offer.snippet && !snippets ? plainSnippet(offer.insert) : offer.insert,
  },
  ...(offer.detail === undefined ? {} : { detail: offer.detail }),
  ...(offer.documentation === undefined
    ? {}
    : { documentation: { kind: MarkupKind.Markdown, value: offer.documentation } }),
});

export const toDiagnostic = (
  text: TextDocument,
  found: Diagnostic,
  uri: string,
  docs: string,
  { codeDescriptions }: Client,
): LspDiagnostic => ({
  range: toRange(text, found.span),
  severity: severities[found.severity],
  code: found.code,
  source: "parley",
  message: found.message,
  ...(codeDescriptions ? { codeDescription: { href: `${docs}${codeAnchor(found.code)}` } } : {}),
  ...(found.related.length === 0
    ? {}
    : {
        relatedInformation: found.related.map(({ span, message }) => ({
          location: { uri, range: toRange(text, span) },
          message,
        })),
      }),
});

export const toLocation = (texts: Texts, { uri, span }: Place): readonly Location[] => {
  const text = texts.document(uri);
  return text === undefined ? [] : [{ uri: texts.spelled(uri), range: toRange(text, span) }];
};

export const toSymbol = (text: TextDocument, one: Outline): DocumentSymbol => ({
  name: one.name,
  detail: one.detail,
  kind: symbolKinds[one.kind],
  range: toRange(text, one.span),
  selectionRange: toRange(text, one.nameSpan),
  children: one.children.map((child) => toSymbol(text, child)),
});

/** Edits of several texts; with versions where the client checks them. */
export const toWorkspaceEdit = (texts: Texts, { files }: Edits, client: Client): WorkspaceEdit => {
  const changes = files.flatMap(({ uri, version, edits }) => {
    const text = texts.document(uri);
    if (text === undefined) return [];
    const known = { uri: texts.spelled(uri), version: texts.isOpen(uri) ? version : null };
    return [{ textDocument: known, edits: edits.map((edit) => toEdit(text, edit)) }];
  });
  return client.documentChanges
    ? { documentChanges: changes }
    : { changes: Object.fromEntries(changes.map(({ textDocument, edits }) => [textDocument.uri, edits])) };
};
