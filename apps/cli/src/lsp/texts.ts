import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { openWorkspace, type Workspace } from "@parley/core/service";
import { TextDocument } from "vscode-languageserver-textdocument";

const MAX_FILES = 5_000;
/** Larger than what is read of one text. */
const MAX_BYTES = 4 * 1_048_576;

const fileOf = (uri: string): string | undefined => {
  try {
    return uri.startsWith("file:") ? fileURLToPath(uri) : undefined;
  } catch {
    return undefined;
  }
};

const read = (path: string): string | undefined => {
  try {
    return statSync(path).size > MAX_BYTES ? undefined : readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
};

const below = (folder: string, recursive: boolean): readonly string[] => {
  try {
    return readdirSync(folder, { recursive, encoding: "utf8" })
      .filter((name) => name.endsWith(".tell") && !name.includes("node_modules"))
      .slice(0, MAX_FILES)
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
};

/** One spelling for each file, whatever the editor escapes. */
const same = (uri: string): string => {
  const path = fileOf(uri);
  return path === undefined ? uri : pathToFileURL(path).href;
};

/**
 * The texts the editor has open, over those on disk in its folders. An open
 * text hides its file; closing it brings the file back.
 */
export class Texts {
  private readonly open = new Map<string, TextDocument>();
  private readonly disk = new Map<string, TextDocument>();
  readonly folders = new Set<string>();
  private bundles: readonly string[] = [];
  /** The editor's own spelling of the address of an open text. */
  private readonly spelling = new Map<string, string>();
  private current: Workspace | undefined;
  private last: Workspace | undefined;

  addFolder(uri: string): void {
    const folder = fileOf(uri);
    if (folder === undefined) return;
    this.folders.add(folder);
    for (const path of below(folder, true)) this.load(pathToFileURL(path).href);
  }

  removeFolder(uri: string): void {
    const folder = fileOf(uri);
    if (folder === undefined) return;
    this.folders.delete(folder);
    for (const known of this.disk.keys()) {
      if (!this.inFolders(known)) this.disk.delete(known);
    }
    this.current = undefined;
  }

  private inFolders(uri: string): boolean {
    const path = fileOf(uri) ?? "";
    return [...this.folders].some(
      (folder) => path.startsWith(`${folder}/`) || path.startsWith(`${folder}\\`),
    );
  }

  /** Link bundles that are registered in the folders. */
  setBundles(bundles: readonly string[]): void {
    this.bundles = bundles;
    this.current = undefined;
  }

  /** Reads a file afresh; forgets it when it is gone. */
  load(uri: string): void {
    const key = same(uri);
    const path = fileOf(key);
    const text = path === undefined ? undefined : read(path);
    const before = this.disk.get(key);
    if (text === undefined) this.disk.delete(key);
    else if (before?.getText() !== text) {
      this.disk.set(key, TextDocument.create(key, "tell", (before?.version ?? 0) + 1, text));
    }
    this.current = undefined;
  }

  put(document: TextDocument): void {
    const key = same(document.uri);
    if (!this.open.has(key)) this.loadNeighbours(key);
    this.open.set(key, document);
    this.spelling.set(key, document.uri);
    this.current = undefined;
  }

  /** A file opened by itself, outside every folder, sees those beside it. */
  private loadNeighbours(uri: string): void {
    const path = fileOf(uri);
    if (path === undefined || this.folders.size > 0) return;
    for (const other of below(dirname(path), false)) this.load(pathToFileURL(other).href);
  }

  drop(uri: string): void {
    this.open.delete(same(uri));
    this.load(uri);
  }

  /** Addresses of the open texts, as the editor spells them. */
  get opened(): readonly string[] {
    return [...this.open.keys()].map((key) => this.spelling.get(key) ?? key);
  }

  /** The address under which the workspace knows a text. */
  key(uri: string): string {
    return same(uri);
  }

  /** The address as the editor spells it. */
  spelled(key: string): string {
    return this.spelling.get(key) ?? key;
  }

  isOpen(key: string): boolean {
    return this.open.has(key);
  }

  document(uri: string): TextDocument | undefined {
    const key = same(uri);
    return this.open.get(key) ?? this.disk.get(key);
  }

  /** All texts as they are now. */
  get workspace(): Workspace {
    if (this.current === undefined) {
      const texts = new Map([...this.disk, ...this.open]);
      const files = [...texts].map(([uri, text]) => ({ uri, version: text.version, source: text.getText() }));
      this.current = openWorkspace(files, this.last, { bundles: this.bundles });
      this.last = this.current;
    }
    return this.current;
  }
}
