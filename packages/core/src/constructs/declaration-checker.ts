import type { CodeName } from "../diagnostics/codes.ts";
import type { Fix } from "../diagnostics/diagnostic.ts";
import type { DiagnosticSink, ReportOptions } from "../diagnostics/sink.ts";
import { suggest } from "../resolve/suggest.ts";
import type { Span } from "../text/span.ts";
import { type Declaration, type DeclarationKind, declared } from "./declaration.ts";
import type { Name } from "./name.ts";
import type { ProtocolDecl, SourceFile } from "./protocol/node.ts";
import type { RoleRef } from "./roles/node.ts";

export type CheckBody = (protocol: ProtocolDecl, owner: RoleRef) => void;

type Of<K extends DeclarationKind> = Extract<Declaration, { readonly kind: K }>;

/**
 * The names a file can see, and the findings about its declarations. Each kind
 * of declaration checks itself with it. The file is the text's own with what
 * it imports: only its own declarations are checked, all are seen.
 */
export class DeclarationChecker {
  readonly file: SourceFile;
  readonly sink: DiagnosticSink;
  /** Checks a body as that of a protocol, and the mention of the role it belongs to. */
  readonly checkBody: CheckBody;
  private readonly unread: readonly Span[];

  /** `unread` are the places of errors of the parser. */
  constructor(file: SourceFile, sink: DiagnosticSink, checkBody: CheckBody, unread: readonly Span[] = []) {
    this.file = file;
    this.sink = sink;
    this.checkBody = checkBody;
    this.unread = unread;
  }

  /** Whether all of that stretch could be read; if not, nothing is said of what seems to lack there. */
  wasRead(span: Span): boolean {
    return !this.unread.some(({ start, end }) => start <= span.end && end >= span.start);
  }

  get protocol(): ProtocolDecl | undefined {
    return this.file.protocol;
  }

  report(name: CodeName, span: Span, options?: ReportOptions): void {
    this.sink.report(name, span, options);
  }

  /** The first declaration of that kind and name, if there is one. */
  find<K extends DeclarationKind>(kind: K, name: string): Of<K> | undefined {
    return declared(this.file, kind).find((node) => node.name.text === name);
  }

  /** Reports a name that no declaration of that kind has, with the closest that exists; answers what it found. */
  need<K extends DeclarationKind>(
    kind: K,
    name: Name,
    code: CodeName,
    args: Readonly<Record<string, string>> = {},
    declare?: Fix,
  ): Of<K> | undefined {
    const found = this.find(kind, name.text);
    if (found !== undefined) return found;
    const known = declared(this.file, kind).map((node) => node.name.text);
    this.reportUnknown(name, known, code, args, declare);
    return undefined;
  }

  /** Reports an unknown name; the fix is the closest known one, else `declare`. */
  reportUnknown(
    name: Name,
    known: readonly string[],
    code: CodeName,
    args: Readonly<Record<string, string>> = {},
    declare?: Fix,
  ): void {
    const best = this.sink.full ? undefined : suggest(name.text, known);
    this.report(code, name.span, {
      args: { name: name.text, ...args },
      hint: best === undefined ? undefined : `did you mean \`${best}\`?`,
      fix:
        best === undefined
          ? declare
          : { title: `Replace by \`${best}\``, edits: [{ span: name.span, text: best }] },
    });
  }
}
