import type { SourceFile } from "../constructs/protocol/node.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { DiagnosticSink } from "../diagnostics/sink.ts";
import type { TokenList } from "../syntax/token-list.ts";
import type { Advice, AdviceOptions } from "./advice.ts";
import { adviseShape } from "./canonical-shape.ts";
import { annotationsOf, statementsOf } from "./edges.ts";
import { adviseLegacyHints } from "./legacy-hints.ts";
import { adviseLinkImports } from "./link-imports.ts";
import { adviseComments } from "./lore-comment.ts";
import { advisePacks } from "./theorem-packs.ts";
import { adviseUse } from "./when-to-use.ts";

/**
 * What admission and the guides ask of a text beyond the language: theorem
 * packs and link bundles (errors where admission refuses), the canonical
 * shape, legacy hints, and when a choreography is not the right tool
 * (language chapter §21–§22, runtime chapter §2–§3, inventory 1–5 and 33–59).
 * Give it a file that could be read.
 */
export function advise(
  file: SourceFile,
  tokens: TokenList,
  options: AdviceOptions = {},
): readonly Diagnostic[] {
  const sink = new DiagnosticSink();
  const statements = statementsOf(file);
  const annotations = annotationsOf(statements);
  const { source, comments } = tokens;
  const advice: Advice = { file, statements, annotations, source, comments, options, sink };
  advisePacks(advice);
  adviseLinkImports(advice);
  adviseShape(advice);
  adviseLegacyHints(advice);
  adviseComments(advice);
  adviseUse(advice);
  return sink.finish();
}
