import type { CodeEntry } from "../diagnostics/codes.ts";
import type { Diagnostic, Related } from "../diagnostics/diagnostic.ts";
import type { Span } from "../text/span.ts";
import { type ProjectionCode, projectionCodes } from "./codes.ts";

/** Builds one finding from a row of `projectionCodes`. */
export const projectionDiagnostic = (
  name: ProjectionCode,
  span: Span,
  options: { readonly args?: Readonly<Record<string, string>>; readonly related?: readonly Related[] } = {},
): Diagnostic => {
  const entry: CodeEntry = projectionCodes[name];
  const args = options.args ?? {};
  const message = entry.text.replace(/\{(\w+)\}/g, (place, key: string) => args[key] ?? place);
  return { code: entry.id, severity: entry.severity, span, message, related: options.related ?? [], args };
};
