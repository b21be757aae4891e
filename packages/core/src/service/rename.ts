import type { TextEdit } from "../text/apply-edits.ts";
import { occurrenceAt, type ServiceDocument } from "./document.ts";
import { mentionsOf } from "./linked-roles.ts";
import { kindWords, type Occurrence, type SymbolKind } from "./occurrence.ts";
import { builtinConstructors, builtinTypes } from "./occurrence-collector.ts";
import { type Target, targetOf, type Workspace } from "./workspace.ts";

/** Edits of several files; the edits of one never overlap. */
export interface WorkspaceEdit {
  readonly files: readonly {
    readonly uri: string;
    readonly version: number;
    readonly edits: readonly TextEdit[];
  }[];
}

/** Why a name cannot be changed, or not to this. */
export type RenameRefusal =
  | { readonly kind: "nothing" }
  | { readonly kind: "undeclared"; readonly what: SymbolKind; readonly name: string }
  | { readonly kind: "outside"; readonly name: string; readonly module: string }
  | { readonly kind: "notAName"; readonly name: string }
  | { readonly kind: "taken"; readonly what: SymbolKind; readonly name: string; readonly uri: string };

export type PrepareRename =
  | { readonly ok: true; readonly span: Occurrence["span"]; readonly name: string; readonly kind: SymbolKind }
  | { readonly ok: false; readonly refusal: RenameRefusal };

export type Rename =
  | { readonly ok: true; readonly edit: WorkspaceEdit }
  | { readonly ok: false; readonly refusal: RenameRefusal };

/** The refusal as a sentence for people. */
export const refusalText = (refusal: RenameRefusal): string => {
  switch (refusal.kind) {
    case "nothing":
      return "There is no name here to change.";
    case "undeclared":
      return `The ${kindWords[refusal.what]} ${refusal.name} is declared nowhere, so there is nothing to rename.`;
    case "outside":
      return `${refusal.name} belongs to the module ${refusal.module}, which is not among the open files.`;
    case "notAName":
      return `“${refusal.name}” is not a name: names start with a letter and hold letters, digits and _.`;
    case "taken":
      return `There is already a ${kindWords[refusal.what]} called ${refusal.name} here.`;
  }
};

interface Found {
  readonly document: ServiceDocument;
  readonly mention: Occurrence;
  readonly target: Target;
}

const lookUp = (workspace: Workspace, uri: string, offset: number): Found | RenameRefusal => {
  const document = workspace.documents.get(uri);
  const mention = document === undefined ? undefined : occurrenceAt(document, offset);
  if (document === undefined || mention === undefined) return { kind: "nothing" };
  const target = targetOf(workspace, document, mention);
  const defined = target.document.symbols.get(target.key)?.some(({ role }) => role === "definition");
  if (defined === true) return { document, mention, target };
  const module = mention.kind === "module" ? mention.name : mention.from?.join(", ");
  return module === undefined
    ? { kind: "undeclared", what: mention.kind, name: mention.name }
    : { kind: "outside", name: mention.name, module };
};

/** Whether what stands at an offset can be renamed, and the name to start from. */
export const prepareRename = (workspace: Workspace, uri: string, offset: number): PrepareRename => {
  const found = lookUp(workspace, uri, offset);
  if (!("mention" in found)) return { ok: false, refusal: found };
  const { span, name, kind } = found.mention;
  return { ok: true, span, name, kind };
};

const nameForm = /^[A-Za-z][A-Za-z0-9_]*$/;
const capabilityForm = /^[a-z0-9_:-]+$/;

/** Kinds whose names must differ from each other, not only among themselves. */
const rivals = new Map<SymbolKind, readonly SymbolKind[]>([
  ["role", ["role", "roleSet"]],
  ["roleSet", ["role", "roleSet"]],
]);

/** A name of the same sort that the new name would be mistaken for. */
const clash = (document: ServiceDocument, mention: Occurrence, name: string): SymbolKind | undefined => {
  const kinds = rivals.get(mention.kind) ?? [mention.kind];
  const binding = mention.kind === "binding" || mention.kind === "label";
  return document.occurrences.find(
    (one) =>
      one.name === name &&
      kinds.includes(one.kind) &&
      (binding || one.scope === mention.scope || one.from !== undefined),
  )?.kind;
};

const isName = (kind: SymbolKind, name: string): boolean => {
  if (kind === "capability") return capabilityForm.test(name);
  if (!nameForm.test(name)) return false;
  if (kind === "type") return !builtinTypes.has(name);
  return kind !== "constructor" || !builtinConstructors.has(name);
};

/** Whether a capability stands only in quotes, where more than a name may stand. */
const quoted = (mentions: ReturnType<typeof mentionsOf>): boolean =>
  mentions.every(({ document, mention }) => document.source[mention.span.start - 1] === '"');

/**
 * Gives what stands at an offset another name, everywhere it is mentioned.
 * Refuses what is no name, a name already taken where the new one would stand,
 * and symbols whose definition is not in the workspace.
 *
 * @example rename(workspace, uri, source.indexOf("Buyer"), "Customer")
 */
export const rename = (workspace: Workspace, uri: string, offset: number, name: string): Rename => {
  const found = lookUp(workspace, uri, offset);
  if (!("mention" in found)) return { ok: false, refusal: found };
  const mentions = mentionsOf(workspace, found.target);
  const [first] = mentions;
  const kind = first?.mention.kind ?? found.mention.kind;
  if (!isName(kind, name)) return { ok: false, refusal: { kind: "notAName", name } };
  if (kind === "capability" && !nameForm.test(name) && !quoted(mentions)) {
    return { ok: false, refusal: { kind: "notAName", name } };
  }
  if (name === found.mention.name) return { ok: true, edit: { files: [] } };
  const edits = new Map<ServiceDocument, TextEdit[]>();
  for (const { document, mention } of mentions) {
    const list = edits.get(document) ?? [];
    if (list.length === 0) {
      const what = clash(document, mention, name);
      if (what !== undefined) return { ok: false, refusal: { kind: "taken", what, name, uri: document.uri } };
      edits.set(document, list);
    }
    list.push({ span: mention.span, text: name });
  }
  const files = [...edits].map(([document, list]) => ({
    uri: document.uri,
    version: document.version,
    edits: list.sort((a, b) => a.span.start - b.span.start),
  }));
  return { ok: true, edit: { files } };
};
