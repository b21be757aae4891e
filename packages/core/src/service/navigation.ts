import { occurrenceAt, type ServiceDocument } from "./document.ts";
import { mentionsOf } from "./linked-roles.ts";
import { type Location, type Target, targetOf, type Workspace } from "./workspace.ts";

/** What stands at an offset of a document. */
export const targetAt = (workspace: Workspace, uri: string, offset: number): Target | undefined => {
  const document = workspace.documents.get(uri);
  const mention = document === undefined ? undefined : occurrenceAt(document, offset);
  return document === undefined || mention === undefined ? undefined : targetOf(workspace, document, mention);
};

/** Where what stands at an offset is defined; empty when nothing defines it. */
export const definition = (workspace: Workspace, uri: string, offset: number): readonly Location[] => {
  const target = targetAt(workspace, uri, offset);
  if (target === undefined) return [];
  const mentions = target.document.symbols.get(target.key) ?? [];
  return mentions
    .filter(({ role }) => role === "definition")
    .map(({ span }) => ({ uri: target.document.uri, span }));
};

/** Every mention of what stands at an offset, across files, the defining file first. */
export const references = (
  workspace: Workspace,
  uri: string,
  offset: number,
  includeDefinition = true,
): readonly Location[] => {
  const target = targetAt(workspace, uri, offset);
  if (target === undefined) return [];
  return mentionsOf(workspace, target)
    .filter(({ mention }) => includeDefinition || mention.role === "reference")
    .map(({ document, mention }) => ({ uri: document.uri, span: mention.span }));
};

/** A mention to mark in the open file; `write` is where the name is given its meaning. */
export interface Highlight {
  readonly span: Location["span"];
  readonly kind: "read" | "write";
}

/** The mentions, in the same file, of what stands at an offset. */
export const highlights = (workspace: Workspace, uri: string, offset: number): readonly Highlight[] => {
  const target = targetAt(workspace, uri, offset);
  const document = workspace.documents.get(uri);
  if (target === undefined || document === undefined) return [];
  return inDocument(workspace, document, target).map(({ mention }) => ({
    span: mention.span,
    kind: mention.role === "definition" ? "write" : "read",
  }));
};

const inDocument = (workspace: Workspace, document: ServiceDocument, target: Target) =>
  mentionsOf(workspace, target).filter((one) => one.document === document);
