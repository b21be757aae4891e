import { applyEdits } from "../text/apply-edits.ts";
import type { Diagnostic, Fix } from "./diagnostic.ts";

/** The text with a fix applied; its edits do not overlap. */
export const applyFix = (source: string, { edits }: Fix): string => applyEdits(source, edits);

/** What `fixAll` did to a text. */
export interface Fixed {
  readonly text: string;
  /** What was mended, in order. */
  readonly applied: readonly { readonly code: string; readonly title: string }[];
}

const errorsIn = (found: readonly Diagnostic[]): number =>
  found.filter(({ severity }) => severity === "error").length;

/**
 * Applies fixes one after another, each to the text the one before left, and
 * keeps a fix only when it removes a finding and adds no error. `check` gives
 * the findings of a text; at most `limit` fixes are tried.
 *
 * @example fixAll(source, (text) => analyse(text).diagnostics).text
 */
export function fixAll(source: string, check: (source: string) => readonly Diagnostic[], limit = 500): Fixed {
  const applied: { code: string; title: string }[] = [];
  const rejected = new Set<string>();
  let text = source;
  let found = check(text);
  for (let tries = 0; tries < limit; tries++) {
    const next = found.find(({ fix }) => fix !== undefined && !rejected.has(applyFix(text, fix)));
    if (next?.fix === undefined) break;
    const mended = applyFix(text, next.fix);
    const after = check(mended);
    const errors = errorsIn(after) - errorsIn(found);
    // A text in another form has one finding that stands for all it would have.
    const reads = next.code === "PAR1303";
    if (reads || errors < 0 || (errors === 0 && after.length < found.length)) {
      applied.push({ code: next.code, title: next.fix.title });
      text = mended;
      found = after;
    } else rejected.add(mended);
  }
  return { text, applied };
}
