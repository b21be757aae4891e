import type { LocalProtocol } from "../constructs/call/node.ts";
import type { Declaration } from "../constructs/declaration.ts";
import type { Name } from "../constructs/name.ts";
import type { SourceFile } from "../constructs/protocol/node.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";

/**
 * What a file gets from other modules. Every span in it is that of the import
 * it came by, so that findings about it stand in the importing text.
 */
export interface Imported {
  /** Declarations by their own names, and those that called protocols need. */
  readonly declarations: readonly Declaration[];
  /** Called protocols, as local ones; `harbour::Dock` is one that another of them calls. */
  readonly protocols: readonly LocalProtocol[];
  /** Effect interfaces that called protocols use. */
  readonly uses: readonly Name[];
}

export const nothingImported: Imported = { declarations: [], protocols: [], uses: [] };

/** The file as checking and lowering see it: what it imports counts as declared in it. */
export const withImported = (file: SourceFile, imported: Imported): SourceFile => {
  const { declarations, protocols, uses } = imported;
  if (declarations.length + protocols.length + uses.length === 0) return file;
  const { protocol } = file;
  const seen = { ...file, declarations: [...declarations, ...file.declarations] };
  if (protocol === undefined) return seen;
  const known = new Set(protocol.uses.map((name) => name.text));
  return {
    ...seen,
    protocol: {
      ...protocol,
      uses: [...protocol.uses, ...uses.filter((name) => !known.has(name.text))],
      locals: [...protocol.locals, ...protocols],
    },
  };
};

/**
 * Findings about imported parts stand at their import: said once each, and
 * without a fix, for what would have to change stands in another text.
 */
export const aboutImported = (found: readonly Diagnostic[], file: SourceFile): readonly Diagnostic[] => {
  const { imports } = file;
  if (imports.length === 0) return found;
  const said = new Set<string>();
  return found.flatMap((diagnostic) => {
    const { span, code, message } = diagnostic;
    const foreign = imports.some((node) =>
      (node.exposing ?? []).some((name) => name.span.start === span.start && name.span.end === span.end),
    );
    if (!foreign) return [diagnostic];
    const key = `${code} ${span.start} ${message}`;
    if (said.has(key)) return [];
    said.add(key);
    const { fix: _fix, ...rest } = diagnostic;
    return [rest];
  });
};
