import type { SourceFile } from "../constructs/protocol/node.ts";
import type { Span } from "../text/span.ts";
import { checkCases } from "./cases.ts";
import type { Checker } from "./checker.ts";
import { checkEffects } from "./effects.ts";
import { checkLinear } from "./linear.ts";
import type { CallGraph } from "./locals.ts";
import { checkOperations } from "./operations.ts";

/** What lies around the body that is checked. */
export interface Surroundings {
  readonly file: SourceFile;
  /** Places of errors of the parser: what stands there may hold what seems to lack. */
  readonly unread: readonly Span[];
  /** The text, for the fixes that add lines. */
  readonly source?: string | undefined;
}

/** What the statements of one role bind, ask and use: receipts, cases, effects and operations. */
export function checkValues(c: Checker, graph: CallGraph, around: Surroundings): void {
  checkLinear(c, graph, around);
  checkCases(c, around);
  checkEffects(c, around.file.declarations);
  checkOperations(c, graph, around);
}
