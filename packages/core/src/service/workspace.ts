import { openDocument, type ServiceDocument, type WorkspaceFile } from "./document.ts";
import { type Occurrence, symbolKey } from "./occurrence.ts";

/**
 * The texts a question is asked about, at one moment. Immutable: after an
 * edit open the next one from it, and only what changed is read again.
 */
export interface Workspace {
  readonly documents: ReadonlyMap<string, ServiceDocument>;
  /** Documents by the name of their module; the first of equals, by uri. */
  readonly modules: ReadonlyMap<string, ServiceDocument>;
}

/** A place in one of the texts. */
export interface Location {
  readonly uri: string;
  readonly span: Occurrence["span"];
}

/** What a mention means: a symbol of one document. */
export interface Target {
  readonly document: ServiceDocument;
  readonly key: string;
}

class LazyWorkspace implements Workspace {
  readonly documents: ReadonlyMap<string, ServiceDocument>;
  private known: ReadonlyMap<string, ServiceDocument> | undefined;

  constructor(documents: ReadonlyMap<string, ServiceDocument>) {
    this.documents = documents;
  }

  get modules(): ReadonlyMap<string, ServiceDocument> {
    if (this.known === undefined) {
      const known = new Map<string, ServiceDocument>();
      for (const uri of [...this.documents.keys()].sort()) {
        const document = this.documents.get(uri);
        const name = document?.parsed.file.module?.name.text;
        if (document !== undefined && name !== undefined && !known.has(name)) known.set(name, document);
      }
      this.known = known;
    }
    return this.known;
  }
}

/**
 * A workspace of these files. Documents of `before` whose version and text
 * have not changed are taken over with everything already known about them.
 *
 * @example
 * const one = openWorkspace([{ uri: "file:///a.tell", version: 1, source }]);
 * const two = openWorkspace([{ uri: "file:///a.tell", version: 2, source: edited }], one);
 */
export const openWorkspace = (files: Iterable<WorkspaceFile>, before?: Workspace): Workspace => {
  const documents = new Map<string, ServiceDocument>();
  for (const file of files) {
    const known = before?.documents.get(file.uri);
    const same = known !== undefined && known.version === file.version && known.source === file.source;
    documents.set(file.uri, same ? known : openDocument(file));
  }
  return new LazyWorkspace(documents);
};

/** What a mention in a document means, through imports. */
export const targetOf = (workspace: Workspace, document: ServiceDocument, mention: Occurrence): Target => {
  const here = { document, key: symbolKey(mention) };
  const module = mention.kind === "module" ? mention.name : mention.from;
  if (module === undefined) return here;
  const other = workspace.modules.get(module);
  if (other === undefined) return here;
  if (mention.kind === "module") return { document: other, key: here.key };
  const { kind, scope, name } = mention;
  if (kind === "effectOperation") {
    const key = symbolKey({ kind, scope, name });
    return other.symbols.has(key) ? { document: other, key } : here;
  }
  const candidates = other.occurrences.filter(
    (one) => one.role === "definition" && one.scope === "" && one.name === name && exportable.has(one.kind),
  );
  const found = candidates.find((one) => one.kind === kind) ?? candidates[0];
  return found === undefined ? here : { document: other, key: symbolKey(found) };
};

/** What another module can be asked for by name. */
const exportable: ReadonlySet<string> = new Set([
  "protocol",
  "type",
  "constructor",
  "effect",
  "operation",
  "bundle",
  "executionProfile",
  "agreementProfile",
  "roleSet",
  "topology",
  "fragment",
  "guestRuntime",
]);

/** The names a module offers, with their kinds. */
export const exportsOf = (document: ServiceDocument): readonly Occurrence[] =>
  document.occurrences.filter(
    (one) => one.role === "definition" && one.scope === "" && exportable.has(one.kind),
  );

/** Every mention of a symbol in the whole workspace, by uri and then in order of place. */
export const mentionsOf = (
  workspace: Workspace,
  target: Target,
): readonly { readonly document: ServiceDocument; readonly mention: Occurrence }[] => {
  const out: { readonly document: ServiceDocument; readonly mention: Occurrence }[] = [];
  const others = [...workspace.documents.values()].filter((one) => one !== target.document);
  const documents = [target.document, ...others.sort((a, b) => (a.uri < b.uri ? -1 : 1))];
  for (const document of documents) {
    for (const [key, mentions] of document.symbols) {
      const [first] = mentions;
      if (first === undefined) continue;
      const foreign = first.from !== undefined || first.kind === "module";
      if (document === target.document ? key !== target.key && !foreign : !foreign) continue;
      const found = targetOf(workspace, document, first);
      if (found.document !== target.document || found.key !== target.key) continue;
      for (const mention of mentions) out.push({ document, mention });
    }
  }
  return out;
};
