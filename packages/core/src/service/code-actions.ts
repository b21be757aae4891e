import type { Diagnostic, Fix } from "../diagnostics/diagnostic.ts";
import type { TextEdit } from "../text/apply-edits.ts";
import type { Span } from "../text/span.ts";
import type { ServiceDocument } from "./document.ts";
import type { WorkspaceEdit } from "./rename.ts";
import type { Workspace } from "./workspace.ts";

/** An edit that is offered. `preferred` marks the one to take without asking. */
export interface CodeAction {
  readonly title: string;
  readonly kind: "quickfix" | "source.fixAll";
  readonly edit: WorkspaceEdit;
  /** The findings it mends. */
  readonly diagnostics: readonly Diagnostic[];
  readonly preferred: boolean;
}

type Fixable = Diagnostic & { readonly fix: Fix };
const fixable = (one: Diagnostic): one is Fixable => one.fix !== undefined && one.fix.edits.length > 0;

const same = (a: TextEdit, b: TextEdit): boolean =>
  a.span.start === b.span.start && a.span.end === b.span.end && a.text === b.text;

const overlap = (a: Span, b: Span): boolean =>
  a.start < b.end && b.start < a.end ? true : a.start === b.start && a.end === b.end;

/** The edits of several findings together: equal ones once, and none of a finding that touches an earlier one. */
const merge = (
  found: readonly Fixable[],
): { readonly edits: readonly TextEdit[]; readonly mended: readonly Fixable[] } => {
  const edits: TextEdit[] = [];
  const mended: Fixable[] = [];
  for (const one of found) {
    const fresh = one.fix.edits.filter((edit) => !edits.some((before) => same(before, edit)));
    if (fresh.some((edit) => edits.some((before) => overlap(before.span, edit.span)))) continue;
    edits.push(...fresh);
    mended.push(one);
  }
  return { edits: edits.sort((a, b) => a.span.start - b.span.start), mended };
};

const editOf = ({ uri, version }: ServiceDocument, edits: readonly TextEdit[]): WorkspaceEdit => ({
  files: [{ uri, version, edits }],
});

const all = (
  document: ServiceDocument,
  found: readonly Fixable[],
  title: string,
  kind: CodeAction["kind"],
): CodeAction => {
  const { edits, mended } = merge(found);
  return { title, kind, edit: editOf(document, edits), diagnostics: mended, preferred: false };
};

const FIX_LIMIT = 200;

/**
 * What mends the findings that touch a range: each by itself, all of the same
 * kind in the file when there are several, and everything that can be mended
 * at once (`source.fixAll`).
 */
export const codeActions = (workspace: Workspace, uri: string, range: Span): readonly CodeAction[] => {
  const document = workspace.documents.get(uri);
  if (document === undefined) return [];
  const fixes = workspace.analysis(document).diagnostics.filter(fixable).slice(0, FIX_LIMIT);
  const here = fixes.filter(({ span }) => span.start <= range.end && range.start <= span.end);
  const single = here.map(
    (one, at): CodeAction => ({
      title: one.fix.title,
      kind: "quickfix",
      edit: editOf(document, one.fix.edits),
      diagnostics: [one],
      preferred: at === 0,
    }),
  );
  const codes = [...new Set(here.map(({ code }) => code))];
  const kinds = codes.flatMap((code) => {
    const alike = fixes.filter((one) => one.code === code);
    return alike.length < 2 ? [] : [all(document, alike, `Fix all ${alike.length} of ${code}`, "quickfix")];
  });
  return [...single, ...kinds, ...fixAll(document, fixes)];
};

const fixAll = (document: ServiceDocument, fixes: readonly Fixable[]): readonly CodeAction[] =>
  fixes.length === 0 ? [] : [all(document, fixes, "Fix all that can be fixed", "source.fixAll")];
