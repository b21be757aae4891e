import { type Diagnostic, LineIndex, type Span } from "@parley/core";
import type {
  Change,
  ChangeRef,
  CompatReport,
  CompatVerdict,
  PeerVerdict,
  ReferenceCompat,
} from "@parley/core/diff";
import { stepWords } from "@parley/core/explore";
import { locate, pretty } from "../report/diagnostics.ts";

/** What the command found about one file of either side. */
export type FileCompat =
  | { readonly file: string; readonly status: "added" | "removed" }
  | {
      readonly file: string;
      readonly status: "error";
      readonly side: "old" | "new";
      readonly path: string;
      readonly source: string;
      readonly why: string;
      readonly diagnostics: readonly Diagnostic[];
    }
  | {
      readonly file: string;
      readonly status: "compared";
      readonly verdict: CompatVerdict;
      readonly report: CompatReport;
      readonly changes: readonly Change[];
      readonly sources: { readonly old: string; readonly new: string };
      readonly reference?: ReferenceCompat;
    };

/** Whether CI may go on. */
export const passes = (found: FileCompat): boolean =>
  found.status === "compared" ? found.verdict === "compatible" : found.status !== "error";

const place = (source: string, span: Span | undefined): { line?: number; column?: number } => {
  if (span === undefined) return {};
  const { line, column } = new LineIndex(source).positionAt(span.start);
  return { line, column };
};

const refJson = (ref: ChangeRef | undefined, source: string) =>
  ref === undefined ? undefined : { id: ref.id, ...place(source, ref.span) };

const peerJson = ({ verdict, by, why, subtype, run }: PeerVerdict) => ({
  verdict,
  by,
  why,
  subtype,
  ...(run === undefined
    ? {}
    : {
        run: {
          kind: run.kind,
          peer: run.peer,
          ...(run.sizes === "" ? {} : { sizes: run.sizes }),
          steps: run.trace.map((step) => ({
            role: step.role,
            kind: step.kind,
            peer: step.peer,
            label: step.label,
            edge: step.edge,
            text: stepWords(step),
          })),
          ...(run.message === undefined ? {} : { message: run.message }),
          why: run.why,
        },
      }),
});

/** The answer for machines; its shape is part of the command's promise. */
export const compatJson = (files: readonly FileCompat[]): unknown => ({
  verdict: files.every(passes) ? "compatible" : "breaking",
  files: files.map((found) => {
    if (found.status === "error") {
      const { source, diagnostics, ...rest } = found;
      return { ...rest, diagnostics: locate(source, diagnostics) };
    }
    if (found.status !== "compared") return found;
    const { file, status, verdict, report, changes, sources, reference } = found;
    return {
      file,
      status,
      verdict,
      roles: report.roles.map(({ role, oldAmongNew, newAmongOld }) => ({
        role,
        oldAmongNew: peerJson(oldAmongNew),
        newAmongOld: peerJson(newAmongOld),
      })),
      added: report.added,
      removed: report.removed,
      changes: changes.map(({ old, new: now, ...change }) => ({
        ...change,
        old: refJson(old, sources.old),
        new: refJson(now, sources.new),
      })),
      ...(reference === undefined ? {} : { reference }),
    };
  }),
});

const runLines = ({ run }: PeerVerdict, age: "old" | "new"): readonly string[] => {
  if (run === undefined) return [];
  const others = age === "old" ? "new" : "old";
  const sizes = run.sizes === "" ? "" : ` with ${run.sizes}`;
  return [
    `      the run that breaks, ${run.peer} being ${age} and everybody else ${others}${sizes}:`,
    ...run.trace.map((step, i) => `      ${String(i + 1).padStart(4)}  ${stepWords(step)}`),
    `         ✗  ${run.why}`,
  ];
};

const referenceLines = (reference: ReferenceCompat | undefined): readonly string[] => {
  if (reference === undefined) return [];
  if (!reference.ok) return [`  the reference cannot compare: ${reference.side} version, ${reference.why}`];
  return reference.roles.map(({ role, ok, error }) =>
    ok
      ? `  reference: ${role} is compatible`
      : `  reference: async subtype failed for ${role}: ${error?.kind}`,
  );
};

const comparedLines = (found: Extract<FileCompat, { status: "compared" }>): readonly string[] => {
  const { report, changes, verdict, reference } = found;
  const width = Math.max(0, ...report.roles.map(({ role }) => role.length));
  return [
    `${found.file}: ${verdict}`,
    ...report.roles.flatMap(({ role, oldAmongNew, newAmongOld }) => [
      `  ${role.padEnd(width)}  old among new: ${oldAmongNew.verdict}. ${oldAmongNew.why}`,
      ...runLines(oldAmongNew, "old"),
      ...(newAmongOld.verdict === "compatible"
        ? []
        : [`  ${" ".repeat(width)}  new among old: ${newAmongOld.verdict}. ${newAmongOld.why}`]),
    ]),
    ...report.added.map((role) => `  ${role} is a new role`),
    ...report.removed.map((role) => `  ${role} is no role any more`),
    ...(changes.length === 0 ? ["  nothing differs"] : changes.map(({ sentence }) => `  · ${sentence}`)),
    ...referenceLines(reference),
  ];
};

const lines = (found: FileCompat): string => {
  switch (found.status) {
    case "added":
      return `${found.file}: new, nothing to compare it with`;
    case "removed":
      return `${found.file}: gone, nothing to compare it with`;
    case "error": {
      const { diagnostics, path, source } = found;
      const errors = diagnostics.length === 0 ? [] : [pretty(path, source, diagnostics)];
      return [`${found.file}: cannot be compared: ${found.why}`, ...errors].join("\n");
    }
    case "compared":
      return comparedLines(found).join("\n");
  }
};

/** The answer for people. */
export const compatPretty = (files: readonly FileCompat[]): string => files.map(lines).join("\n\n");
