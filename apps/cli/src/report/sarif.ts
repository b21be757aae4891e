import { relative } from "node:path";
import { pathToFileURL } from "node:url";
import { type CodeEntry, codeById, type Diagnostic, type Fix, type Severity, type Span } from "@parley/core";
import { docsUri } from "./docs-link.ts";
import { place } from "./place.ts";

/** Findings of one file. */
export interface FileFindings {
  readonly file: string;
  readonly source: string;
  readonly diagnostics: readonly Diagnostic[];
}

const levels: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  error: "error",
  warning: "warning",
  info: "note",
};

/** Relative to the working folder where the file lies below it, as code scanning expects. */
const uriOf = (file: string): string => {
  if (file === "-") return "stdin.tell";
  const path = relative(process.cwd(), file);
  return path.startsWith("..")
    ? pathToFileURL(file).href
    : path.split("\\").join("/").split("/").map(encodeURIComponent).join("/");
};

const region = (source: string, span: Span) => {
  const start = place(source, span.start);
  const end = place(source, span.end);
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
};

const locationOf = (file: string, source: string, span: Span) => ({
  physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: region(source, span) },
});

const fixOf = (file: string, source: string, fix: Fix) => ({
  description: { text: fix.title },
  artifactChanges: [
    {
      artifactLocation: { uri: uriOf(file) },
      replacements: fix.edits.map(({ span, text }) => ({
        deletedRegion: region(source, span),
        insertedContent: { text },
      })),
    },
  ],
});

const ruleOf = (id: string, entry: CodeEntry | undefined) => ({
  id,
  name: (entry?.title ?? id).replaceAll(/\W+(\w)/g, (_, letter: string) => letter.toUpperCase()),
  shortDescription: { text: entry?.title ?? id },
  fullDescription: { text: entry?.text ?? id },
  helpUri: docsUri(id),
  help: { text: `${entry?.title ?? id}: see ${docsUri(id)}` },
  defaultConfiguration: { level: levels[entry?.severity ?? "warning"] },
});

/** All findings as one run of a SARIF 2.1.0 log. Columns count characters. */
export const sarif = (files: readonly FileFindings[]): object => {
  const ids = [...new Set(files.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code)))].sort();
  const results = files.flatMap(({ file, source, diagnostics }) =>
    diagnostics.map((found) => ({
      ruleId: found.code,
      ruleIndex: ids.indexOf(found.code),
      level: levels[found.severity],
      message: { text: found.message },
      locations: [locationOf(file, source, found.span)],
      relatedLocations: found.related.map((other, id) => ({
        id,
        ...locationOf(file, source, other.span),
        message: { text: other.message },
      })),
      ...(found.fix === undefined ? {} : { fixes: [fixOf(file, source, found.fix)] }),
    })),
  );
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "parley",
            semanticVersion: "0.1.0",
            rules: ids.map((id) => ruleOf(id, codeById(id))),
          },
        },
        columnKind: "unicodeCodePoints",
        artifacts: files.map(({ file }) => ({ location: { uri: uriOf(file) }, sourceLanguage: "tell" })),
        results,
      },
    ],
  };
};
