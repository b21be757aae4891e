import type { Fix } from "../diagnostics/diagnostic.ts";
import type { Parser } from "./parser.ts";
import { T } from "./token-kind.ts";

type Edit = Fix["edits"][number];

/**
 * Takes away the braces of the block at the cursor and of the blocks inside
 * it. A brace of a block ends its line, and its partner starts one; records
 * keep theirs. `undefined` where the lines are not laid out like that, so that
 * indentation could not take over.
 */
export function removeBraces(p: Parser, replacement: string): Fix | undefined {
  if (!endsLine(p, 0)) return undefined;
  const edits: (Edit | undefined)[] = [opening(p, 0, replacement)];
  const blocks = [true];
  for (let ahead = 1; blocks.length > 0; ahead++) {
    const kind = p.peek(ahead);
    if (kind === T.eof || kind === T.other) return undefined;
    if (kind === T.lbrace) {
      blocks.push(endsLine(p, ahead));
      if (blocks.at(-1)) edits.push(opening(p, ahead, ""));
    } else if (kind === T.rbrace && blocks.pop()) edits.push(closing(p, ahead));
  }
  return edits.every((edit) => edit !== undefined) ? { title: "Remove the braces", edits } : undefined;
}

/** What follows a token on its line, without a comment. */
const rest = (source: string, from: number): string => {
  const newline = source.indexOf("\n", from);
  return source.slice(from, newline < 0 ? source.length : newline).replace(/--.*/, "");
};

const endsLine = (p: Parser, ahead: number): boolean => rest(p.source, p.spanAt(ahead).end).trim() === "";

function opening(p: Parser, ahead: number, replacement: string): Edit {
  const { start, end } = p.spanAt(ahead);
  const blanks = start - p.source.slice(0, start).trimEnd().length;
  return replacement === ""
    ? { span: { start: start - blanks, end }, text: "" }
    : { span: { start, end }, text: replacement };
}

/** The brace's whole line, when it stands alone on one. */
function closing(p: Parser, ahead: number): Edit | undefined {
  const { start, end } = p.spanAt(ahead);
  const line = p.source.lastIndexOf("\n", start - 1) + 1;
  if (p.source.slice(line, start).trim() !== "" || rest(p.source, end).trim() !== "") return undefined;
  const newline = p.source.indexOf("\n", end);
  return { span: { start: line, end: newline < 0 ? end : newline + 1 }, text: "" };
}
