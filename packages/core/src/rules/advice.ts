import type { SourceFile } from "../constructs/protocol/node.ts";
import type { Statement } from "../constructs/statement.ts";
import type { DiagnosticSink } from "../diagnostics/sink.ts";
import type { Span } from "../text/span.ts";
import type { Annotated } from "./edges.ts";

/** What a workspace adds to the rules. */
export interface AdviceOptions {
  /** Link bundles registered beside those that are live everywhere. */
  readonly bundles?: readonly string[] | undefined;
}

/** What a rule looks at, and where its findings go. */
export interface Advice {
  readonly file: SourceFile;
  /** All of the file, each once. */
  readonly statements: readonly Statement[];
  readonly annotations: readonly Annotated[];
  readonly source: string;
  readonly comments: readonly Span[];
  readonly options: AdviceOptions;
  readonly sink: DiagnosticSink;
}
