import type { Span } from "../text/span.ts";

export type Severity = "error" | "warning" | "info";

/** A second place that explains the first: the other arm, the first declaration. */
export interface Related {
  readonly span: Span;
  readonly message: string;
}

/** An edit that would mend the problem, shown as a preview before it is applied. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly { readonly span: Span; readonly text: string }[];
}

/**
 * One finding about a source text. Parser and checker *return* these; they
 * never throw. `code` is stable (`PAR1203`), its docs page is
 * `docs/codes.md#par1203`, its wording lives in `diagnostics/codes.ts`.
 */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly span: Span;
  readonly message: string;
  readonly related: readonly Related[];
  readonly fix?: Fix;
  /** The values the template of the code was filled with: names, counts, found and expected text. */
  readonly args: Readonly<Record<string, string>>;
}
