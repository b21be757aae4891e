import { type ParseResult, parse } from "../parse.ts";
import { LineIndex } from "../text/line-index.ts";
import type { Span } from "../text/span.ts";
import { type Occurrence, symbolKey } from "./occurrence.ts";
import { occurrences } from "./occurrences.ts";

/** One text of a workspace. `version` is the editor's own count and is only handed back. */
export interface WorkspaceFile {
  readonly uri: string;
  readonly version: number;
  readonly source: string;
}

/** A text and what can be said of it alone; each part is worked out when first asked for and then kept. */
export interface ServiceDocument extends WorkspaceFile {
  readonly parsed: ParseResult;
  readonly lines: LineIndex;
  readonly occurrences: readonly Occurrence[];
  /** Mentions by `symbolKey`, each list in order of place. */
  readonly symbols: ReadonlyMap<string, readonly Occurrence[]>;
}

class LazyDocument implements ServiceDocument {
  readonly uri: string;
  readonly version: number;
  readonly source: string;
  private readonly known: {
    parsed?: ParseResult;
    lines?: LineIndex;
    occurrences?: readonly Occurrence[];
    symbols?: ReadonlyMap<string, readonly Occurrence[]>;
  } = {};

  constructor({ uri, version, source }: WorkspaceFile) {
    this.uri = uri;
    this.version = version;
    this.source = source;
  }

  get parsed(): ParseResult {
    this.known.parsed ??= parse(this.source);
    return this.known.parsed;
  }

  get lines(): LineIndex {
    this.known.lines ??= new LineIndex(this.source);
    return this.known.lines;
  }

  get occurrences(): readonly Occurrence[] {
    this.known.occurrences ??= occurrences(this.parsed.file, this.parsed.tokens);
    return this.known.occurrences;
  }

  get symbols(): ReadonlyMap<string, readonly Occurrence[]> {
    this.known.symbols ??= Map.groupBy(this.occurrences, symbolKey);
    return this.known.symbols;
  }
}

/** A document of a text; nothing is read until it is asked for. */
export const openDocument = (file: WorkspaceFile): ServiceDocument => new LazyDocument(file);

/** The mention that touches an offset; of two that meet there the one that starts. */
export const occurrenceAt = (document: ServiceDocument, offset: number): Occurrence | undefined => {
  const list = document.occurrences;
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.span.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  for (let at = low - 1; at >= 0 && at >= low - 4; at--) {
    const one = list[at];
    if (one !== undefined && one.span.end >= offset) return one;
  }
  return undefined;
};

export const contains = (span: Span, offset: number): boolean => span.start <= offset && offset <= span.end;
