import type { Statement } from "../constructs/statement.ts";
import type { Span } from "../text/span.ts";
import { blocksIn, enclosing } from "./blocks.ts";
import { occurrenceAt, type ServiceDocument } from "./document.ts";
import { isReal, tokenAfter } from "./token-words.ts";
import type { Workspace } from "./workspace.ts";

const partsOf = (node: Statement): readonly Span[] => {
  const blocks = blocksIn(node).flatMap(({ span, body }) => {
    const last = body.at(-1);
    const [first] = body;
    return first === undefined || last === undefined
      ? [span]
      : [{ start: first.span.start, end: last.span.end }, span];
  });
  if (node.kind !== "send" && node.kind !== "broadcast") return blocks;
  const record =
    node.record === undefined
      ? []
      : [node.record.span, ...node.record.entries.flatMap((one) => [one.valueSpan, one.span])];
  return [node.from.span, ...(node.kind === "send" ? [node.to.span] : []), ...record, node.message.span];
};

const statementSpans = (body: readonly Statement[], offset: number): readonly Span[] =>
  enclosing(body, offset).flatMap((node) => [node.span, ...partsOf(node)]);

const spansAround = (document: ServiceDocument, offset: number): readonly Span[] => {
  const { tokens, file } = document.parsed;
  const { protocol, declarations, imports, module } = file;
  const at = tokenAfter(tokens, offset);
  const token = { start: tokens.starts[at] ?? 0, end: tokens.ends[at] ?? 0 };
  const mention = occurrenceAt(document, offset);
  const bodies = [
    ...(protocol === undefined ? [] : [protocol.body, ...protocol.locals.map(({ body }) => body)]),
    ...declarations.flatMap((one) => (one.kind === "operation" ? [one.body] : [])),
  ];
  return [
    ...(isReal(tokens.kinds[at] ?? 0) ? [token] : []),
    ...(mention === undefined ? [] : [mention.span]),
    ...bodies.flatMap((body) => statementSpans(body, offset)),
    ...(protocol?.locals ?? []).map(({ span }) => span),
    ...[...declarations, ...imports, ...(module ? [module] : []), ...(protocol ? [protocol] : [])].map(
      ({ span }) => span,
    ),
    ...tokens.comments,
  ];
};

/** Growing selections around an offset, the smallest first; the last is the whole text. Each holds the one before. */
export const selectionRanges = (workspace: Workspace, uri: string, offset: number): readonly Span[] => {
  const document = workspace.documents.get(uri);
  if (document === undefined) return [];
  const whole = { start: 0, end: document.source.length };
  const holding = [...spansAround(document, offset), whole]
    .filter(({ start, end }) => start <= offset && offset <= end && end > start)
    .sort((a, b) => a.end - a.start - (b.end - b.start));
  const out: Span[] = [];
  for (const span of holding) {
    const inner = out.at(-1);
    const grows = inner === undefined || span.end - span.start > inner.end - inner.start;
    if (grows && (inner === undefined || (span.start <= inner.start && inner.end <= span.end)))
      out.push(span);
  }
  return out.length === 0 ? [whole] : out;
};
