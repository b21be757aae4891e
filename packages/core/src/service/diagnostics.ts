import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Workspace } from "./workspace.ts";

/** The findings of one text, with the version they are about. An answer about an older version is stale: drop it. */
export interface VersionedDiagnostics {
  readonly uri: string;
  readonly version: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** What is wrong with a document, in order of place; empty for one that is not there. */
export const diagnostics = (workspace: Workspace, uri: string): VersionedDiagnostics => {
  const document = workspace.documents.get(uri);
  const found = document === undefined ? [] : workspace.analysis(document).diagnostics;
  return { uri, version: document?.version ?? 0, diagnostics: found };
};

/** Whether an answer is about the text that is open now. */
export const isFresh = (
  workspace: Workspace,
  { uri, version }: Pick<VersionedDiagnostics, "uri" | "version">,
) => workspace.documents.get(uri)?.version === version;

/** Where a code is explained, below the address of the documentation. */
export const codeAnchor = (code: string): string => `codes.md#${code.toLowerCase()}`;
