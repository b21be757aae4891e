import {
  definition,
  documentSymbols,
  highlights,
  prepareRename,
  references,
  refusalText,
  rename,
  workspaceSymbols,
} from "@parley/core/service";
import { DocumentHighlightKind, LSPErrorCodes, ResponseError } from "vscode-languageserver/node";
import { toLocation, toRange, toSymbol, toWorkspaceEdit } from "./convert.ts";
import { symbolKinds } from "./kinds.ts";
import type { Server } from "./server.ts";

/** Questions about what a name means. */
export const answerNames = (server: Server): void => {
  const { connection, texts } = server;
  const at = ({
    textDocument,
    position,
  }: {
    textDocument: { uri: string };
    position: { line: number; character: number };
  }) => {
    const text = texts.document(textDocument.uri);
    return text && { text, uri: texts.key(textDocument.uri), offset: text.offsetAt(position) };
  };

  connection.onDefinition((params) => {
    const here = at(params);
    return (
      here && definition(texts.workspace, here.uri, here.offset).flatMap((one) => toLocation(texts, one))
    );
  });
  connection.onReferences((params) => {
    const here = at(params);
    const { includeDeclaration } = params.context;
    return (
      here &&
      references(texts.workspace, here.uri, here.offset, includeDeclaration).flatMap((one) =>
        toLocation(texts, one),
      )
    );
  });
  connection.onDocumentHighlight((params) => {
    const here = at(params);
    return (
      here &&
      highlights(texts.workspace, here.uri, here.offset).map(({ span, kind }) => ({
        range: toRange(here.text, span),
        kind: kind === "write" ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
      }))
    );
  });
  connection.onPrepareRename((params) => {
    const here = at(params);
    if (here === undefined) return null;
    const ready = prepareRename(texts.workspace, here.uri, here.offset);
    if (ready.ok) return { range: toRange(here.text, ready.span), placeholder: ready.name };
    return ready.refusal.kind === "nothing"
      ? null
      : new ResponseError(LSPErrorCodes.RequestFailed, refusalText(ready.refusal));
  });
  connection.onRenameRequest((params) => {
    const here = at(params);
    if (here === undefined) return null;
    const result = rename(texts.workspace, here.uri, here.offset, params.newName);
    return result.ok
      ? toWorkspaceEdit(texts, result.edit, server.client)
      : new ResponseError(LSPErrorCodes.RequestFailed, refusalText(result.refusal));
  });
  connection.onDocumentSymbol(({ textDocument }) => {
    const text = texts.document(textDocument.uri);
    return (
      text && documentSymbols(texts.workspace, texts.key(textDocument.uri)).map((one) => toSymbol(text, one))
    );
  });
  connection.onWorkspaceSymbol(({ query }) =>
    workspaceSymbols(texts.workspace, query).flatMap((one) =>
      toLocation(texts, one).map((location) => ({
        name: one.name,
        kind: symbolKinds[one.kind],
        containerName: one.container,
        location,
      })),
    ),
  );
};
