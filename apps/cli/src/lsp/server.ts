import { tokenModifiers, tokenTypes } from "@parley/core/service";
import {
  CodeActionKind,
  type Connection,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  type InitializeResult,
  PositionEncodingKind,
  TextDocumentSyncKind,
  TextDocuments,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { answerEdits } from "./answer-edits.ts";
import { answerNames } from "./answer-names.ts";
import { answerReading } from "./answer-reading.ts";
import type { Client } from "./convert.ts";
import { Publisher } from "./publisher.ts";
import { Settings } from "./settings.ts";
import { Texts } from "./texts.ts";

/** Everything the handlers share. `client` is known once the editor has introduced itself. */
export interface Server {
  readonly connection: Connection;
  readonly texts: Texts;
  readonly docs: string;
  readonly settings: Settings;
  client: Client;
}

const capabilities: InitializeResult["capabilities"] = {
  positionEncoding: PositionEncodingKind.UTF16,
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
  completionProvider: { triggerCharacters: [" ", ".", "{", '"', ":", "[", "("] },
  hoverProvider: true,
  signatureHelpProvider: { triggerCharacters: ["(", "{", ","] },
  definitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  documentSymbolProvider: true,
  workspaceSymbolProvider: true,
  renameProvider: { prepareProvider: true },
  codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.SourceFixAll] },
  documentFormattingProvider: true,
  documentRangeFormattingProvider: true,
  foldingRangeProvider: true,
  selectionRangeProvider: true,
  inlayHintProvider: true,
  semanticTokensProvider: {
    legend: { tokenTypes: [...tokenTypes], tokenModifiers: [...tokenModifiers] },
    full: true,
    range: true,
  },
  workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
};

const clientOf = ({ capabilities: can }: InitializeParams): Client => ({
  snippets: can.textDocument?.completion?.completionItem?.snippetSupport === true,
  documentChanges: can.workspace?.workspaceEdit?.documentChanges === true,
  codeDescriptions: can.textDocument?.publishDiagnostics?.codeDescriptionSupport === true,
});

/**
 * Serves the language over one connection. `docs` is the address of the folder
 * that holds `codes.md`. The connection itself ends the process after `exit`:
 * with 0 when `shutdown` came first, else with 1.
 */
export const serveLanguage = (connection: Connection, docs: string, version: string): void => {
  const texts = new Texts();
  const client: Client = { snippets: false, documentChanges: false, codeDescriptions: false };
  const settings = new Settings((reason) => connection.window.showErrorMessage(reason));
  const server: Server = { connection, texts, docs, client, settings };
  const publisher = new Publisher(server);
  const open = new TextDocuments(TextDocument);
  let watches = false;
  let folders = false;

  connection.onInitialize((params) => {
    server.client = clientOf(params);
    const { workspace } = params.capabilities;
    watches = workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
    folders = workspace?.workspaceFolders === true;
    const given = params.workspaceFolders?.map(({ uri }) => uri) ?? (params.rootUri ? [params.rootUri] : []);
    for (const uri of given) texts.addFolder(uri);
    texts.setBundles(settings.bundles(texts.folders));
    return { capabilities, serverInfo: { name: "parley", version } };
  });
  connection.onInitialized(() => {
    if (watches) {
      const watchers = [{ globPattern: "**/*.tell" }, { globPattern: "**/parley.json" }];
      void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
    }
    if (folders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        for (const { uri } of removed) texts.removeFolder(uri);
        for (const { uri } of added) texts.addFolder(uri);
        texts.setBundles(settings.bundles(texts.folders));
        publisher.schedule();
      });
    }
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    const settled = changes.some(({ uri }) => uri.endsWith("/parley.json"));
    for (const { uri } of changes) if (uri.endsWith(".tell")) texts.load(uri);
    if (settled) {
      settings.reload();
      texts.setBundles(settings.bundles(texts.folders));
      publisher.again();
    } else publisher.schedule();
  });
  open.onDidChangeContent(({ document }) => {
    texts.put(document);
    publisher.schedule();
  });
  open.onDidClose(({ document }) => {
    texts.drop(document.uri);
    publisher.clear(document.uri);
    publisher.schedule();
  });

  answerReading(server);
  answerNames(server);
  answerEdits(server);
  open.listen(connection);
  connection.listen();
};
