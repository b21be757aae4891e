import { type Analysis, analyse } from "../analyse.ts";
import type { AdviceOptions } from "../rules/advice.ts";
import { type Modules, readModules } from "../workspace/modules.ts";
import { openDocument, type ServiceDocument, type WorkspaceFile } from "./document.ts";
import { type Occurrence, symbolKey } from "./occurrence.ts";
import { importable } from "./occurrence-collector.ts";

/**
 * The texts a question is asked about, at one moment. Immutable: after an
 * edit open the next one from it, and only what changed is read again.
 */
export interface Workspace {
  readonly documents: ReadonlyMap<string, ServiceDocument>;
  /** Documents by the name of their module; the first of equals, by uri. */
  readonly modules: ReadonlyMap<string, ServiceDocument>;
  /** Everything the front end knows about a document, with what it imports; kept until one of these changes. */
  analysis(document: ServiceDocument): Analysis;
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

interface Analysed {
  /** The texts the analysis went by. */
  readonly of: readonly ServiceDocument[];
  readonly analysis: Analysis;
}

class LazyWorkspace implements Workspace {
  readonly documents: ReadonlyMap<string, ServiceDocument>;
  private readonly options: AdviceOptions;
  private readonly analysed: Map<string, Analysed>;
  private texts: Modules | undefined;
  private named: ReadonlyMap<string, ServiceDocument> | undefined;

  constructor(
    documents: ReadonlyMap<string, ServiceDocument>,
    options: AdviceOptions,
    before: ReadonlyMap<string, Analysed>,
  ) {
    this.documents = documents;
    this.options = options;
    this.analysed = new Map(before);
  }

  /** What has been analysed so far, for the next workspace. */
  get known(): ReadonlyMap<string, Analysed> {
    return this.analysed;
  }

  sameOptions({ bundles = [] }: AdviceOptions): boolean {
    const own = this.options.bundles ?? [];
    return own.length === bundles.length && own.every((one, at) => one === bundles[at]);
  }

  private get sources(): Modules {
    this.texts ??= readModules(
      [...this.documents.values()].map(({ uri, source, parsed }) => ({ path: uri, source, parsed })),
    );
    return this.texts;
  }

  get modules(): ReadonlyMap<string, ServiceDocument> {
    if (this.named === undefined) {
      const named = new Map<string, ServiceDocument>();
      for (const [name, [first]] of this.sources.byName) {
        const document = first && this.documents.get(first.path);
        if (document !== undefined) named.set(name, document);
      }
      this.named = named;
    }
    return this.named;
  }

  analysis(document: ServiceDocument): Analysis {
    const of = this.dependencies(document);
    const before = this.analysed.get(document.uri);
    if (
      before !== undefined &&
      before.of.length === of.length &&
      before.of.every((one, at) => one === of[at])
    ) {
      return before.analysis;
    }
    const analysis = analyse(document.source, this.options, { modules: this.sources, path: document.uri });
    this.analysed.set(document.uri, { of, analysis });
    return analysis;
  }

  /** The document, those it imports however far round, and those that claim one of their names. */
  private dependencies(document: ServiceDocument): readonly ServiceDocument[] {
    const out = new Set([document]);
    for (const { parsed } of out) {
      const { module, imports } = parsed.file;
      const names = [...(module === undefined ? [] : [module.name]), ...imports.map((one) => one.module)];
      for (const { text } of names) {
        for (const { path } of this.sources.byName.get(text) ?? []) {
          const other = this.documents.get(path);
          if (other !== undefined) out.add(other);
        }
      }
    }
    return [...out];
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
export const openWorkspace = (
  files: Iterable<WorkspaceFile>,
  before?: Workspace,
  options: AdviceOptions = {},
): Workspace => {
  const documents = new Map<string, ServiceDocument>();
  for (const file of files) {
    const known = before?.documents.get(file.uri);
    const same = known !== undefined && known.version === file.version && known.source === file.source;
    documents.set(file.uri, same ? known : openDocument(file));
  }
  const known = before instanceof LazyWorkspace && before.sameOptions(options) ? before.known : new Map();
  return new LazyWorkspace(documents, options, known);
};

/** What a mention in a document means, through imports. */
export const targetOf = (workspace: Workspace, document: ServiceDocument, mention: Occurrence): Target => {
  const here = { document, key: symbolKey(mention) };
  const modules = mention.kind === "module" ? [mention.name] : (mention.from ?? []);
  for (const module of modules) {
    const other = workspace.modules.get(module);
    const key = other === undefined || other === document ? undefined : keyIn(other, mention);
    if (other !== undefined && key !== undefined) return { document: other, key };
  }
  return here;
};

/** The symbol of another module that a mention means. */
const keyIn = (other: ServiceDocument, { kind, scope, name }: Occurrence): string | undefined => {
  if (kind === "module" || kind === "effectOperation") {
    const key = symbolKey({ kind, scope, name });
    return other.symbols.has(key) ? key : undefined;
  }
  const candidates = exportsOf(other).filter((one) => one.name === name);
  const found =
    candidates.find((one) => one.kind === kind || (kind === "localProtocol" && one.kind === "protocol")) ??
    (kind === "exposed" ? candidates[0] : undefined);
  return found && symbolKey(found);
};

/** What another module can be asked for by name. */
const exportable: ReadonlySet<string> = new Set(importable);

/** The names a module offers, with their kinds. */
export const exportsOf = (document: ServiceDocument): readonly Occurrence[] =>
  document.occurrences.filter(
    (one) => one.role === "definition" && one.scope === "" && exportable.has(one.kind),
  );

/** A mention and the text it stands in. */
export interface Mention {
  readonly document: ServiceDocument;
  readonly mention: Occurrence;
}

/** Every mention of one symbol in the whole workspace, by uri and then in order of place. */
export const mentionsOfSymbol = (workspace: Workspace, target: Target): readonly Mention[] => {
  const out: Mention[] = [];
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
