import type { Analysis } from "../analyse.ts";
import type { Annotation } from "../constructs/annotation/node.ts";
import type { Broadcast } from "../constructs/broadcast/node.ts";
import { declared } from "../constructs/declaration.ts";
import type { Send } from "../constructs/send/node.ts";
import type { Statement } from "../constructs/statement.ts";
import { showLocal } from "../projection/show-local.ts";
import { T } from "../syntax/token-kind.ts";
import type { Span } from "../text/span.ts";
import { visitAll } from "./blocks.ts";
import { operationText } from "./completion-names.ts";
import { codeAnchor } from "./diagnostics.ts";
import { occurrenceAt, type ServiceDocument } from "./document.ts";
import { annotationHelp, keywordHelp } from "./keyword-help.ts";
import { kindWords, type Occurrence } from "./occurrence.ts";
import { roleCounts } from "./role-counts.ts";
import { textOf, tokenAfter } from "./token-words.ts";
import { targetOf, type Workspace } from "./workspace.ts";

/** What to show over a place: Markdown, and the stretch of text it is about. */
export interface Hover {
  readonly span: Span;
  readonly markdown: string;
}

/**
 * What there is to say about an offset: a message with what it carries, costs
 * and demands and what each role does there; a role with its local type; an
 * operation of an effect with its metadata; a word of the language with its
 * form. Findings at the place come first, with a link to their page.
 */
export const hover = (workspace: Workspace, uri: string, offset: number, docs = ""): Hover | undefined => {
  const document = workspace.documents.get(uri);
  if (document === undefined) return undefined;
  const mention = occurrenceAt(document, offset);
  const found =
    mention === undefined ? wordHover(document, offset) : mentionHover(workspace, document, mention);
  const codes = workspace
    .analysis(document)
    .diagnostics.filter(({ span }) => span.start <= offset && offset < Math.max(span.end, span.start + 1));
  const [first] = codes;
  if (first === undefined) return found;
  const links = codes.map(({ code }) => `[${code}](${docs}${codeAnchor(code)})`).join(" · ");
  const markdown = found === undefined ? links : `${found.markdown}\n\n${links}`;
  return { span: found?.span ?? first.span, markdown };
};

const mentionHover = (workspace: Workspace, document: ServiceDocument, mention: Occurrence): Hover => {
  const at = (markdown: string): Hover => ({ span: mention.span, markdown });
  switch (mention.kind) {
    case "message":
      return at(messageText(document, mention) ?? plainText(workspace, document, mention));
    case "role":
      return at(roleText(document, workspace.analysis(document), mention.name));
    case "effectOperation": {
      const target = targetOf(workspace, document, mention).document;
      const effect = declared(target.parsed.file, "effect").find(({ name }) => name.text === mention.scope);
      const operation = effect?.operations.find(({ name }) => name.text === mention.name);
      const title = `effect operation \`${mention.scope}.${mention.name}\``;
      return at(
        operation === undefined ? `${title}, declared nowhere` : `${title}\n\n${operationText(operation)}`,
      );
    }
    default:
      return at(plainText(workspace, document, mention));
  }
};

/** Kind, name, the line it is defined on, and how often it is mentioned. */
const plainText = (workspace: Workspace, document: ServiceDocument, mention: Occurrence): string => {
  const target = targetOf(workspace, document, mention);
  const mentions = target.document.symbols.get(target.key) ?? [];
  const definition = mentions.find(({ role }) => role === "definition");
  const title = `${kindWords[definition?.kind ?? mention.kind]} \`${mention.name}\``;
  if (definition === undefined) return `${title}, declared nowhere`;
  const { source, lines, parsed } = target.document;
  const { line } = lines.positionAt(definition.span.start);
  const text = source.slice(lines.startOf(line), lines.startOf(line + 1)).trim();
  const module = parsed.file.module?.name.text;
  const from = target.document === document || module === undefined ? "" : ` of ${module}`;
  return `${title}${from}\n\n\`\`\`tell\n${text}\n\`\`\`\n\n${mentions.length === 1 ? "one mention" : `${mentions.length} mentions`}`;
};

type Sending = Send | Broadcast;

const sendAt = (document: ServiceDocument, offset: number): Sending | undefined => {
  const { protocol, declarations } = document.parsed.file;
  let found: Sending | undefined;
  const visit = (node: Statement): void => {
    if (node.kind !== "send" && node.kind !== "broadcast") return;
    if (node.message.name.span.start === offset) found = node;
  };
  visitAll(protocol?.body ?? [], visit);
  for (const { body } of protocol?.locals ?? []) visitAll(body, visit);
  for (const one of declarations) if (one.kind === "operation") visitAll(one.body, visit);
  return found;
};

const rows: readonly { readonly key: string; readonly title: string }[] = [
  { key: "guard_capability", title: "guard" },
  { key: "flow_cost", title: "cost" },
  { key: "journal_facts", title: "facts" },
  { key: "leak", title: "leaks to" },
];

const recordRow = (title: string, entries: readonly Annotation[]): readonly string[] =>
  entries.length === 0 ? [] : [`- ${title}: ${entries.map(({ value }) => `\`${value}\``).join(", ")}`];

const messageText = (document: ServiceDocument, mention: Occurrence): string | undefined => {
  const node = sendAt(document, mention.span.start);
  if (node === undefined) return undefined;
  const { source } = document;
  const slice = ({ span }: { readonly span: Span }): string => source.slice(span.start, span.end);
  const { message, from, record } = node;
  const payload = message.payload?.text ?? (message.type === undefined ? undefined : slice(message.type));
  const to = node.kind === "send" ? slice(node.to) : "everybody else";
  const entries = record?.entries ?? [];
  const known = new Set(rows.map(({ key }) => key));
  const lines = [
    `message \`${message.name.text}\`: \`${slice(from)}\` → \`${to}\``,
    "",
    `- payload: ${payload === undefined ? "none" : `\`${payload}\``}`,
    ...rows.flatMap(({ key, title }) =>
      recordRow(
        title,
        entries.filter((one) => one.key.text === key),
      ),
    ),
    ...entries.filter(({ key }) => !known.has(key.text)).flatMap((one) => recordRow(one.key.text, [one])),
    ...(record !== undefined && !entries.some(({ key }) => key.text === "flow_cost")
      ? ["- cost: `100`, the default of a record without `flow_cost`"]
      : []),
    "",
    ...roleDeeds(document, node),
  ];
  return lines.join("\n");
};

/** One line per role: what it does when this message goes. */
const roleDeeds = ({ parsed }: ServiceDocument, node: Sending): readonly string[] => {
  const { from, message } = node;
  const label = message.name.text;
  const roles = parsed.file.protocol?.roles ?? [];
  const none: string[] = [];
  const lines: string[] = [];
  for (const { name, param } of roles) {
    const role = name.text;
    const each = param === undefined ? "" : ", each member";
    if (role === from.name.text && node.kind === "send" && role === node.to.name.text)
      lines.push(`- **${role}** sends and receives it within the family`);
    else if (role === from.name.text)
      lines.push(`- **${role}** sends \`!${node.kind === "send" ? node.to.name.text : "*"} ${label}\``);
    else if (node.kind === "broadcast" || role === node.to.name.text)
      lines.push(`- **${role}** receives \`?${from.name.text} ${label}\`${each}`);
    else none.push(role);
  }
  return none.length === 0 ? lines : [...lines, `- ${none.join(", ")}: no part in it`];
};

const MAX_TYPE = 2_000;

/** A role: what it does, counted, and its local type when the protocol is sound. */
const roleText = (document: ServiceDocument, analysis: Analysis, role: string): string => {
  const { file } = document.parsed;
  const decl = file.protocol?.roles.find(({ name }) => name.text === role);
  if (decl === undefined) return `role \`${role}\`, declared nowhere`;
  const counts = roleCounts(file.protocol, role);
  const parts = [
    `sends ${counts.sends}`,
    `receives ${counts.receives}`,
    `decides ${counts.decisions}`,
    ...(counts.deeds > 0 ? [`does ${counts.deeds} by itself`] : []),
  ];
  const title = `${decl.param === undefined ? "role" : "role family"} \`${document.source.slice(decl.span.start, decl.span.end)}\``;
  const locals = analysis.samples?.at(-1)?.locals ?? {};
  const name = Object.hasOwn(locals, role) ? role : `${role}[0]`;
  const local = Object.hasOwn(locals, name) ? locals[name] : undefined;
  const text = local === undefined ? "no local type while there are errors" : showLocal(local);
  const shown = text.length > MAX_TYPE ? `${text.slice(0, MAX_TYPE)}…` : text;
  return `${title}: ${parts.join(", ")}\n\n\`\`\`\n${name}: ${shown}\n\`\`\``;
};

/** A word of the language, or a key of a sender record. */
const wordHover = ({ parsed: { tokens } }: ServiceDocument, offset: number): Hover | undefined => {
  let at = tokenAfter(tokens, offset);
  if (tokens.kinds[at] !== T.ident && at > 0) at--;
  const span = { start: tokens.starts[at] ?? 0, end: tokens.ends[at] ?? 0 };
  if (tokens.kinds[at] !== T.ident || offset < span.start || offset > span.end) return undefined;
  const word = textOf(tokens, at);
  if (tokens.kinds[at + 1] === T.colon && Object.hasOwn(annotationHelp, word)) {
    return { span, markdown: `\`${word}\`: ${annotationHelp[word]?.text ?? ""}` };
  }
  const help = Object.hasOwn(keywordHelp, word) ? keywordHelp[word] : undefined;
  return help && { span, markdown: `\`\`\`tell\n${help.form}\n\`\`\`\n\n${help.text}` };
};
