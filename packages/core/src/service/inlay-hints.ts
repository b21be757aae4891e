import type { Loop } from "../constructs/loop/node.ts";
import type { ProtocolDecl } from "../constructs/protocol/node.ts";
import type { Statement } from "../constructs/statement.ts";
import { type Performers, performers } from "../resolve/performer.ts";
import type { Span } from "../text/span.ts";
import { visitAll } from "./blocks.ts";
import { costHints } from "./cost-hints.ts";
import type { ServiceDocument } from "./document.ts";
import { tokenAfter } from "./token-words.ts";
import type { Workspace } from "./workspace.ts";

/** A few words shown in the text that are not part of it. */
export interface InlayHint {
  readonly offset: number;
  readonly label: string;
  readonly kind: "cost" | "loop" | "performer";
  /** Stands before what is at `offset` (with a blank after it), else after it (with a blank before it). */
  readonly before: boolean;
}

/**
 * Hints in a range: what the messages have cost by then along the protocol,
 * how often a loop goes round and how many messages that makes, and who
 * performs a statement that names nobody.
 */
export const inlayHints = (workspace: Workspace, uri: string, range: Span): readonly InlayHint[] => {
  const document = workspace.documents.get(uri);
  const { protocol, declarations } = document?.parsed.file ?? {};
  if (document === undefined || protocol === undefined || declarations === undefined) return [];
  const hints = [...costHints(protocol), ...loopHints(document, protocol)];
  const who = performers(protocol, declarations);
  const visit = (node: Statement): void => void hints.push(...performerHint(who, node));
  for (const body of [protocol.body, ...protocol.locals.map((local) => local.body)]) visitAll(body, visit);
  for (const one of declarations) if (one.kind === "operation") visitAll(one.body, visit);
  return hints
    .filter(({ offset }) => range.start <= offset && offset <= range.end)
    .sort((a, b) => a.offset - b.offset);
};

const actsItself: ReadonlySet<Statement["kind"]> = new Set<Statement["kind"]>([
  "case",
  "begin",
  "await",
  "resolve",
  "invalidate",
  "publish",
  "publishAs",
  "materialize",
  "handoff",
  "dependentWork",
]);

const asks = (node: Statement): boolean =>
  node.kind === "let" &&
  node.at === undefined &&
  (node.value.kind === "check" || node.value.kind === "observe");

const performerHint = (who: Performers, node: Statement): readonly InlayHint[] => {
  if (!actsItself.has(node.kind) && !asks(node)) return [];
  const role = who.get(node)?.name.text;
  return role === undefined
    ? []
    : [{ offset: node.span.start, label: `${role}:`, kind: "performer", before: true }];
};

const loopHints = (document: ServiceDocument, protocol: ProtocolDecl): readonly InlayHint[] => {
  const hints: InlayHint[] = [];
  const visit = (node: Statement): void => {
    if (node.kind !== "loop") return;
    const offset = lineEnd(document, node.span.start);
    hints.push({ offset, label: roundsOf(node), kind: "loop", before: false });
  };
  visitAll(protocol.body, visit);
  for (const { body } of protocol.locals) visitAll(body, visit);
  return hints;
};

const plural = (count: number, one: string): string => (count === 1 ? `1 ${one}` : `${count} ${one}s`);

const roundsOf = ({ control, body }: Loop): string => {
  let messages = 0;
  visitAll(body, (node) => {
    if (node.kind === "send" || node.kind === "broadcast") messages++;
  });
  const lap = `${plural(messages, "message")} a round`;
  switch (control.kind) {
    case "repeat":
      return typeof control.count === "number"
        ? `${plural(control.count, "round")}, ${lap}`
        : `${control.count.text} rounds, bound at open, ${lap}`;
    case "decide":
      return `until ${control.by.name.text} stops, ${lap}`;
    case "while":
      return `while it holds, ${lap}`;
    case "forever":
      return `never ends, ${lap}`;
  }
};

/** The end of the last token on the line of an offset: before a comment there. */
const lineEnd = ({ source, parsed: { tokens } }: ServiceDocument, offset: number): number => {
  const newline = source.indexOf("\n", offset);
  const end = newline < 0 ? source.length : newline;
  let at = Math.min(tokenAfter(tokens, end), tokens.count) - 1;
  while (at > 0 && (tokens.ends[at] ?? 0) > end) at--;
  return Math.max(offset, Math.min(tokens.ends[at] ?? offset, end));
};
