import { codeActions, formatting, rangeFormatting } from "@parley/core/service";
import type { CodeAction } from "vscode-languageserver/node";
import { toDiagnostic, toEdit, toSpan, toWorkspaceEdit } from "./convert.ts";
import type { Server } from "./server.ts";

/** A kind stands for itself and everything below it. */
const asked = (only: readonly string[] | undefined, kind: string): boolean =>
  only === undefined || only.some((one) => one === "" || kind === one || kind.startsWith(`${one}.`));

/** Requests that answer with edits. */
export const answerEdits = (server: Server): void => {
  const { connection, texts, docs } = server;

  connection.onCodeAction(({ textDocument, range, context }): CodeAction[] | null => {
    const { uri } = textDocument;
    const text = texts.document(uri);
    if (text === undefined) return null;
    return codeActions(texts.workspace, texts.key(uri), toSpan(text, range))
      .filter(({ kind }) => asked(context.only, kind))
      .map((action) => ({
        title: action.title,
        kind: action.kind,
        edit: toWorkspaceEdit(texts, action.edit, server.client),
        diagnostics: action.diagnostics.map((one) => toDiagnostic(text, one, uri, docs, server.client)),
        ...(action.preferred ? { isPreferred: true } : {}),
      }));
  });
  connection.onDocumentFormatting(({ textDocument }) => {
    const text = texts.document(textDocument.uri);
    return text && formatting(texts.workspace, texts.key(textDocument.uri)).map((edit) => toEdit(text, edit));
  });
  connection.onDocumentRangeFormatting(({ textDocument, range }) => {
    const text = texts.document(textDocument.uri);
    const uri = texts.key(textDocument.uri);
    return (
      text && rangeFormatting(texts.workspace, uri, toSpan(text, range)).map((edit) => toEdit(text, edit))
    );
  });
};
