// biome-ignore-all lint/suspicious/noTemplateCurlyInString: places of snippets are written `${1:name}`.
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  type CodeAction,
  type CompletionItem,
  createMessageConnection,
  type DocumentSymbol,
  type Hover,
  type InitializeResult,
  type InlayHint,
  type Location,
  type MessageConnection,
  type PublishDiagnosticsParams,
  type SemanticTokens,
  StreamMessageReader,
  StreamMessageWriter,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { folderWith } from "../testing/parley.ts";
import { plainSnippet } from "./convert.ts";

const main = new URL("../main.ts", import.meta.url).pathname;

interface Client {
  readonly rpc: MessageConnection;
  readonly child: ChildProcess;
  /** The next findings of a text at a version. */
  findings(uri: string, version: number): Promise<PublishDiagnosticsParams>;
  readonly ended: Promise<number | null>;
}

/** Starts the command and speaks to it as an editor does. */
const start = (): Client => {
  const child = spawn(process.execPath, [main, "lsp"], { stdio: ["pipe", "pipe", "inherit"] });
  onTestFinished(() => void child.kill());
  const rpc = createMessageConnection(
    new StreamMessageReader(child.stdout!),
    new StreamMessageWriter(child.stdin!),
  );
  const heard: PublishDiagnosticsParams[] = [];
  const waiting = new Set<() => void>();
  rpc.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
    heard.push(params);
    for (const wake of waiting) wake();
  });
  rpc.onRequest("client/registerCapability", () => null);
  rpc.listen();
  const ended = new Promise<number | null>((done) => child.once("exit", done));
  const findings = async (uri: string, version: number): Promise<PublishDiagnosticsParams> => {
    for (;;) {
      const found = heard.find((one) => one.uri === uri && one.version === version);
      if (found !== undefined) return found;
      await new Promise<void>((wake) => waiting.add(wake));
    }
  };
  return { rpc, child, ended, findings };
};

const harbour = `module harbour exposing (Pier)
type Pier = | North | South
protocol Dock =
  roles Captain, Mate
  Captain -> Mate : Moor of Pier
`;
const coast = `module coast exposing (Sail)
import harbour exposing (Pier)
protocol Sail =
  roles Captain, Mate
  Captain { flow_cost : 5 } -> Mate : Go of Pier
  Mate   ->   Captin : Back of Pier
`;

const begin = async (client: Client, files: Readonly<Record<string, string>>) => {
  const folder = folderWith(files);
  const uriOf = (name: string): string => pathToFileURL(join(folder, name)).href;
  const result = await client.rpc.sendRequest<InitializeResult>("initialize", {
    processId: null,
    rootUri: null,
    workspaceFolders: [{ uri: pathToFileURL(folder).href, name: "work" }],
    capabilities: {
      workspace: { workspaceEdit: { documentChanges: true }, workspaceFolders: true },
      textDocument: {
        completion: { completionItem: { snippetSupport: true } },
        publishDiagnostics: { codeDescriptionSupport: true },
      },
    },
  });
  await client.rpc.sendNotification("initialized", {});
  const open = (name: string): Promise<void> =>
    client.rpc.sendNotification("textDocument/didOpen", {
      textDocument: {
        uri: uriOf(name),
        languageId: "tell",
        version: 1,
        text: readFileSync(join(folder, name), "utf8"),
      },
    });
  return { folder, uriOf, open, result };
};

const place = (text: string, needle: string, shift = 0) =>
  TextDocument.create("x:", "tell", 1, text).positionAt(text.indexOf(needle) + shift);

const apply = (text: string, edits: readonly TextEdit[]): string =>
  TextDocument.applyEdits(TextDocument.create("x:", "tell", 1, text), [...edits]);

const editsFor = (edit: WorkspaceEdit, uri: string): readonly TextEdit[] =>
  edit.documentChanges
    ?.flatMap((one) => ("textDocument" in one && one.textDocument.uri === uri ? one.edits : []))
    .filter((one): one is TextEdit => "newText" in one) ?? [];

describe("parley lsp", () => {
  it("speaks the protocol from initialize to exit", async () => {
    const client = start();
    const { rpc } = client;
    const { uriOf, open, result } = await begin(client, { "coast.tell": coast, "harbour.tell": harbour });
    expect(result.capabilities.renameProvider).toEqual({ prepareProvider: true });
    expect(result.capabilities.positionEncoding).toBe("utf-16");
    const uri = uriOf("coast.tell");
    const textDocument = { uri };
    await open("coast.tell");

    const found = await client.findings(uri, 1);
    const misspelt = found.diagnostics.find(({ code }) => code === "PAR2001");
    expect(misspelt?.range.start).toEqual(place(coast, "Captin"));
    expect(misspelt?.codeDescription?.href).toMatch(/codes\.md#par2001$/);

    const actions = await rpc.sendRequest<CodeAction[]>("textDocument/codeAction", {
      textDocument,
      range: misspelt!.range,
      context: { diagnostics: [misspelt], only: ["quickfix"] },
    });
    expect(actions[0]?.isPreferred).toBe(true);
    const mended = apply(coast, editsFor(actions[0]!.edit!, uri));
    expect(mended).toBe(coast.replace("Captin", "Captain"));

    const edit = editsFor(actions[0]!.edit!, uri)[0]!;
    await rpc.sendNotification("textDocument/didChange", {
      textDocument: { uri, version: 2 },
      contentChanges: [{ range: edit.range, text: edit.newText }],
    });
    const after = await client.findings(uri, 2);
    expect(after.diagnostics.filter(({ severity }) => severity === 1)).toEqual([]);

    const offers = await rpc.sendRequest<CompletionItem[]>("textDocument/completion", {
      textDocument,
      position: place(mended, "Captain : Back"),
    });
    expect(offers.map(({ label }) => label)).toEqual(["Captain", "Mate"]);

    const hover = await rpc.sendRequest<Hover>("textDocument/hover", {
      textDocument,
      position: place(mended, "Go of", 1),
    });
    expect(JSON.stringify(hover.contents)).toContain("cost: `5`");

    const [definition] = await rpc.sendRequest<Location[]>("textDocument/definition", {
      textDocument,
      position: place(mended, "Pier\n  Mate"),
    });
    expect(definition).toMatchObject({
      uri: uriOf("harbour.tell"),
      range: { start: place(harbour, "Pier =") },
    });

    const renamed = await rpc.sendRequest<WorkspaceEdit>("textDocument/rename", {
      textDocument,
      position: place(mended, "Pier\n  Mate"),
      newName: "Quay",
    });
    expect(apply(mended, editsFor(renamed, uri))).toBe(mended.replaceAll("Pier", "Quay"));
    expect(apply(harbour, editsFor(renamed, uriOf("harbour.tell")))).toBe(harbour.replaceAll("Pier", "Quay"));
    await expect(
      rpc.sendRequest("textDocument/rename", {
        textDocument,
        position: place(mended, "Mate"),
        newName: "Captain",
      }),
    ).rejects.toThrow("There is already a role called Captain");

    const format = await rpc.sendRequest<TextEdit[]>("textDocument/formatting", {
      textDocument,
      options: { tabSize: 2, insertSpaces: true },
    });
    expect(apply(mended, format)).toBe(mended.replace("Mate   ->   Captain", "Mate -> Captain"));

    const symbols = await rpc.sendRequest<DocumentSymbol[]>("textDocument/documentSymbol", { textDocument });
    expect(symbols.map(({ name }) => name)).toEqual(["coast", "Sail"]);
    const tokens = await rpc.sendRequest<SemanticTokens>("textDocument/semanticTokens/full", {
      textDocument,
    });
    expect(tokens.data.length % 5).toBe(0);
    expect(tokens.data.length).toBeGreaterThan(50);
    const hints = await rpc.sendRequest<InlayHint[]>("textDocument/inlayHint", {
      textDocument,
      range: { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } },
    });
    expect(hints.map(({ label }) => label)).toEqual(["Σ 5"]);

    await rpc.sendRequest("shutdown");
    await rpc.sendNotification("exit");
    expect(await client.ended).toBe(0);
  });

  it("judges an open text again when one it imports changes", async () => {
    const client = start();
    const sound = coast.replace("Captin", "Captain");
    const { uriOf, open } = await begin(client, { "coast.tell": sound, "harbour.tell": harbour });
    await open("coast.tell");
    expect(
      (await client.findings(uriOf("coast.tell"), 1)).diagnostics.some(({ severity }) => severity === 1),
    ).toBe(false);
    await open("harbour.tell");
    await client.rpc.sendNotification("textDocument/didChange", {
      textDocument: { uri: uriOf("harbour.tell"), version: 2 },
      contentChanges: [{ text: harbour.replaceAll("Pier", "Quay") }],
    });
    await client.findings(uriOf("harbour.tell"), 2);
    const actions = await client.rpc.sendRequest<Location[]>("textDocument/definition", {
      textDocument: { uri: uriOf("coast.tell") },
      position: place(sound, "Pier)"),
    });
    expect(actions).toEqual([]);
  });

  it("raises severities as parley.json says, and again when it changes", async () => {
    const client = start();
    const { uriOf, open, folder } = await begin(client, {
      "harbour.tell": harbour,
      "parley.json": JSON.stringify({ severities: { PAR5002: "error" } }),
    });
    await open("harbour.tell");
    const uri = uriOf("harbour.tell");
    const severity = (found: PublishDiagnosticsParams) =>
      found.diagnostics.find(({ code }) => code === "PAR5002")?.severity;
    expect(severity(await client.findings(uri, 1))).toBe(1);
    writeFileSync(join(folder, "parley.json"), "{");
    const told = new Promise<string>((done) => {
      client.rpc.onNotification("window/showMessage", ({ message }: { message: string }) => done(message));
      client.rpc.onRequest("window/showMessageRequest", ({ message }: { message: string }) => {
        done(message);
        return null;
      });
    });
    await client.rpc.sendNotification("workspace/didChangeWatchedFiles", {
      changes: [{ uri: uriOf("parley.json"), type: 2 }],
    });
    expect(await told).toContain("parley.json");
    // Settings that cannot be read count as none: the warning is one again.
    await client.rpc.sendNotification("textDocument/didChange", {
      textDocument: { uri, version: 2 },
      contentChanges: [{ text: `${harbour}-- two\n` }],
    });
    expect(severity(await client.findings(uri, 2))).toBe(2);
  });

  it("ends with 1 when it is told to exit without a shutdown", async () => {
    const client = start();
    await begin(client, { "harbour.tell": harbour });
    await client.rpc.sendNotification("exit");
    expect(await client.ended).toBe(1);
  });

  it("answers a question about a text it does not have with nothing", async () => {
    const client = start();
    await begin(client, {});
    const textDocument = { uri: "untitled:one" };
    const position = { line: 0, character: 0 };
    for (const method of ["hover", "completion", "definition", "documentSymbol", "foldingRange", "rename"]) {
      const answer = await client.rpc.sendRequest(`textDocument/${method}`, {
        textDocument,
        position,
        newName: "X",
      });
      expect(answer ?? []).toEqual([]);
    }
  });
});

describe("a client without snippets", () => {
  it.each([
    ["choice ${1:Role} at", "choice Role at"],
    ["resolve ${1:O} as ${2|Success,Failure|}", "resolve O as Success"],
    ["loop forever\n  ${0}", "loop forever\n  "],
  ])("gets %s as plain text", (snippet, plain) => expect(plainSnippet(snippet)).toBe(plain));
});
