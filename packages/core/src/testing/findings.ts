import { parseAndCheck } from "../check.ts";
import { LineIndex } from "../text/line-index.ts";

/** Findings of a text as `line:code`, in order of place. */
export function findings(source: string): string[] {
  const lines = new LineIndex(source);
  return parseAndCheck(source).diagnostics.map((d) => `${lines.positionAt(d.span.start).line}:${d.code}`);
}

/** A protocol of two roles A and B (or those given) around some lines. */
export function protocol(body: string, roles = "A, B"): string {
  const lines = body.split("\n").map((line) => (line === "" ? line : `  ${line}`));
  return `protocol P =\n  roles ${roles}\n${lines.join("\n")}\n`;
}
